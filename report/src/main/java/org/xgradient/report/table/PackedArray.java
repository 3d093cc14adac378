package org.xgradient.report.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Numbers as a page carries them: little endian, in Base64.
 *
 * @param type {@code u8}, {@code u16}, {@code f32} or {@code f64}; {@code d32} for decimal numbers,
 *     each the shortest that is nearest to a 32-bit float
 * @param base64 the numbers
 */
record PackedArray(String type, String base64) {

  static PackedArray of(float... values) {
    ByteBuffer bytes = buffer(4 * values.length);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return pack("f32", bytes);
  }

  static PackedArray of(double... values) {
    ByteBuffer bytes = buffer(8 * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return pack("f64", bytes);
  }

  /** The cells of a column in as few bytes as keep each digit; NaN stays. */
  static PackedArray ofCells(double... values) {
    for (double value : values) {
      if (!isShort(value)) {
        return of(values);
      }
    }
    ByteBuffer bytes = buffer(4 * values.length);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return pack("d32", bytes);
  }

  private static boolean isShort(double value) {
    if (Double.isNaN(value) || value == 0) {
      return true;
    }
    if (!(Math.abs(value) > 1e-30 && Math.abs(value) < 1e30)) {
      return false;
    }
    // Six digits survive a float, whichever they are; more need not.
    String six = String.format(Locale.ROOT, "%.5e", value);
    return Double.parseDouble(six) == value;
  }

  /** Whole numbers from 0. */
  static PackedArray ofPlaces(int most, int... values) {
    boolean small = most < 256;
    ByteBuffer bytes = buffer((small ? 1 : 2) * values.length);
    for (int value : values) {
      if (small) {
        bytes.put((byte) value);
      } else {
        bytes.putShort((short) value);
      }
    }
    return pack(small ? "u8" : "u16", bytes);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static PackedArray pack(String type, ByteBuffer bytes) {
    ByteBuffer base64 = Base64.getEncoder().encode(bytes.flip());
    return new PackedArray(type, StandardCharsets.US_ASCII.decode(base64).toString());
  }
}
