package org.xgradient.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Bytes;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.Mutations;

class ImagesTest {

  @TempDir private Path folder;

  private FloatArray read(BufferedImage image, String format) {
    return Images.read(TestImages.write(folder.resolve("image"), TestImages.encode(image, format)));
  }

  private void assertRefused(byte[] bytes, String message) {
    Path file = TestImages.write(folder.resolve("image.png"), bytes);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Images.read(file))
        .withMessageContaining(file.toString())
        .withMessageContaining(message);
  }

  @Test
  void readsRgbExactlyFromPng() {
    BufferedImage image = TestImages.plain(2, 1, 0x3366ff);
    image.setRGB(1, 0, 0x000102);
    assertThat(read(image, "png"))
        .isEqualTo(
            FloatArray.of(
                new float[] {0x33 / 255f, 0x66 / 255f, 1, 0, 1 / 255f, 2 / 255f}, 1, 2, 3));
  }

  /** A plain colour survives JPEG but for the rounding of its colour transform: 2 of 255. */
  @Test
  void readsJpeg() {
    FloatArray image = read(TestImages.plain(20, 10, 0xc08040), "jpg");
    assertThat(image.shape().asList()).containsExactly(10, 20, 3);
    float[] colour = {0xc0 / 255f, 0x80 / 255f, 0x40 / 255f};
    for (int i = 0; i < image.size(); i++) {
      assertThat(image.values()[i]).isCloseTo(colour[i % 3], within(2 / 255f));
    }
  }

  @Test
  void keepsGrayValuesAsTheyAre() {
    BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    bytes.getRaster().setSample(1, 0, 0, 100);
    float gray = 100 / 255f;
    assertThat(read(bytes, "png").values()).containsExactly(0, 0, 0, gray, gray, gray);
    BufferedImage shorts = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    shorts.getRaster().setSample(0, 0, 0, 32768);
    float half = 32768 / 65535f;
    assertThat(read(shorts, "png").values()).containsExactly(half, half, half);
  }

  @Test
  void dropsTransparencyAndLooksUpPalettes() {
    BufferedImage transparent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(0, 0, 0x40ff0033);
    assertThat(read(transparent, "png").values()).containsExactly(1, 0, 0.2f);
    BufferedImage palette = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(0, 0, 0xff0000);
    assertThat(read(palette, "png").values()).containsExactly(1, 0, 0);
    BufferedImage bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(1, 0, 0xffffff);
    assertThat(read(bits, "png").values()).containsExactly(0, 0, 0, 1, 1, 1);
  }

  /** A valid header that claims 30,000 x 30,000 pixels. */
  @Test
  void checksTheSizeBeforeDecoding() {
    byte[] header =
        Bytes.bytes().bigEndian().text("IHDR").i32(30_000, 30_000).u8(8, 2, 0, 0, 0).array();
    CRC32 checksum = new CRC32();
    checksum.update(header);
    byte[] png =
        Bytes.bytes()
            .bigEndian()
            .u8(0x89)
            .text("PNG\r\n")
            .u8(0x1a)
            .text("\n")
            .i32(13)
            .raw(header)
            .i32((int) checksum.getValue())
            .i32(0)
            .text("IDAT")
            .i32(0x35af061e)
            .array();
    assertRefused(png, "at most 4000000 pixels in a file of 45 bytes, found 30000 x 30000");
  }

  @Test
  void refusesOtherAndDamagedFiles() {
    assertRefused(
        "a,b\n1,2".getBytes(StandardCharsets.UTF_8), "a JPEG or PNG image, found neither");
    assertRefused(
        TestImages.encode(TestImages.plain(2, 2, 0), "bmp"), "a JPEG or PNG image, found bmp");
    assertRefused(new byte[0], "neither");
    byte[] jpeg = TestImages.encode(TestImages.plain(64, 64, 0x808080), "jpg");
    assertRefused(Arrays.copyOf(jpeg, jpeg.length - 20), "image must be whole");
    byte[] png = TestImages.encode(TestImages.plain(64, 64, 0x808080), "png");
    assertRefused(Arrays.copyOf(png, png.length - 30), "image must be whole");
    Path missing = folder.resolve("missing.jpg");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Images.read(missing))
        .withMessageContaining("cannot read " + missing);
  }

  @Test
  void copesWithDamage() {
    BufferedImage image = TestImages.plain(24, 16, 0x4080c0);
    image.setRGB(5, 5, 0xffffff);
    Mutations.check(TestImages.encode(image, "png"), folder, Images::read);
    Mutations.check(TestImages.encode(image, "jpg"), folder, Images::read);
  }
}
