package org.xgradient.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds the bytes of small files. */
public final class Bytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  public static Bytes bytes() {
    return new Bytes();
  }

  public Bytes bigEndian() {
    order = ByteOrder.BIG_ENDIAN;
    return this;
  }

  public Bytes u8(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  public Bytes i16(int... values) {
    for (int value : values) {
      raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  public Bytes i32(int... values) {
    for (int value : values) {
      raw(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }
    return this;
  }

  public Bytes i64(long... values) {
    for (long value : values) {
      raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }
    return this;
  }

  public Bytes f32(float... values) {
    for (float value : values) {
      raw(ByteBuffer.allocate(4).order(order).putFloat(value).array());
    }
    return this;
  }

  public Bytes f64(double... values) {
    for (double value : values) {
      raw(ByteBuffer.allocate(8).order(order).putDouble(value).array());
    }
    return this;
  }

  public Bytes text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  public Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] array() {
    return out.toByteArray();
  }

  public Path writeTo(Path file) {
    return write(file, array());
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
