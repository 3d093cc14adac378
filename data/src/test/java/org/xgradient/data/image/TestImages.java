package org.xgradient.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.xgradient.data.format.Bytes;

/** Writes small images. */
final class TestImages {

  private TestImages() {}

  static BufferedImage plain(int width, int height, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no encoder for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A JPEG file in the four inks of a press, as Adobe's programs write it: upside down. */
  static byte[] inks(int... inks) throws IOException {
    byte[] plain = samples(Arrays.stream(inks).map(ink -> 255 - ink).toArray());
    byte[] marker =
        Bytes.bytes().u8(0xff, 0xee, 0, 14).text("Adobe").u8(0, 100, 0, 0, 0, 0, 0).array();
    return Bytes.bytes()
        .raw(Arrays.copyOf(plain, 2))
        .raw(marker)
        .raw(Arrays.copyOfRange(plain, 2, plain.length))
        .array();
  }

  private static byte[] samples(int... inks) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, inks.length, null);
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        raster.setPixel(column, row, inks);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream images = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(images);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Path parent = file.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
