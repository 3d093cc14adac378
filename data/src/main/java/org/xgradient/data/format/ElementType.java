package org.xgradient.data.format;

import java.nio.ByteBuffer;

/** How one number is stored in a file, and how it becomes a float. */
enum ElementType {
  BOOL(1),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT16(2),
  BFLOAT16(2),
  FLOAT32(4),
  FLOAT64(8);

  private static final float TWO_TO_24 = 0x1p24f;

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of one number in bytes} */
  int bytes() {
    return bytes;
  }

  /**
   * Decodes numbers in the buffer's byte order.
   *
   * @param from where the numbers stand, from its position on
   * @param to where the floats go
   * @param offset index of the first float
   * @param count how many numbers
   */
  void decode(ByteBuffer from, float[] to, int offset, int count) {
    if (this == FLOAT32) {
      from.asFloatBuffer().get(to, offset, count);
      from.position(from.position() + count * bytes);
      return;
    }
    for (int i = offset; i < offset + count; i++) {
      to[i] = decode(from);
    }
  }

  private float decode(ByteBuffer from) {
    return switch (this) {
      case BOOL -> from.get() == 0 ? 0 : 1;
      case INT8 -> from.get();
      case UINT8 -> from.get() & 0xff;
      case INT16 -> from.getShort();
      case UINT16 -> from.getShort() & 0xffff;
      case INT32 -> from.getInt();
      case UINT32 -> from.getInt() & 0xffffffffL;
      case INT64 -> from.getLong();
      case UINT64 -> unsigned(from.getLong());
      case FLOAT16 -> half(from.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << 16);
      case FLOAT32 -> from.getFloat();
      case FLOAT64 -> (float) from.getDouble();
    };
  }

  /** Halves the number so that it fits, keeping the lowest bit so that rounding stays right. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2 * (float) ((bits >>> 1) | (bits & 1));
  }

  /** IEEE 754 binary16: 1 sign bit, 5 exponent bits with bias 15, 10 fraction bits. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return (sign == 0 ? fraction : -(float) fraction) / TWO_TO_24;
    }
    int floatExponent = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | floatExponent << 23 | fraction << 13);
  }
}
