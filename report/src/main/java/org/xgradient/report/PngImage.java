package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** A picture in PNG format, with a text for those who do not see it, and perhaps one under it. */
public final class PngImage {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int HEADER_LENGTH = 24;

  private final byte[] bytes;
  private final String title;
  private final String caption;

  private PngImage(byte[] bytes, String title, String caption) {
    this.bytes = bytes;
    this.title = title;
    this.caption = caption;
  }

  /**
   * Wraps a picture.
   *
   * @param bytes the content of a PNG file, not copied
   * @param title what the picture shows
   * @return the picture
   * @throws IllegalArgumentException if the bytes aren't a PNG file
   */
  public static PngImage of(byte[] bytes, String title) {
    checkArgument(
        bytes.length >= HEADER_LENGTH
            && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length),
        "picture '%s' must be in PNG format, found %s other bytes",
        title,
        bytes.length);
    return new PngImage(bytes, title, "");
  }

  /**
   * The picture with a text under it.
   *
   * @param text the text, a few letters
   * @return the picture with the text
   */
  public PngImage captioned(String text) {
    return new PngImage(bytes, title, text);
  }

  /** {@return what the picture shows} */
  public String title() {
    return title;
  }

  /** {@return what stands under it; may be empty} */
  public String caption() {
    return caption;
  }

  /** {@return the width in pixels, from the header} */
  public int width() {
    return ByteBuffer.wrap(bytes).getInt(16);
  }

  /** {@return the height in pixels, from the header} */
  public int height() {
    return ByteBuffer.wrap(bytes).getInt(20);
  }

  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
