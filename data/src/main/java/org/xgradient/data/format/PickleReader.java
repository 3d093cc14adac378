package org.xgradient.data.format;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the arguments of pickle opcodes and never beyond the end. */
final class PickleReader {

  private static final int MAXIMUM_LINE = 256;

  private final Path file;
  private final ByteBuffer bytes;

  PickleReader(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  int position() {
    return bytes.position();
  }

  int u8() {
    return need(Byte.BYTES).get() & 0xff;
  }

  int u16() {
    return need(Short.BYTES).getShort() & 0xffff;
  }

  int i32() {
    return need(Integer.BYTES).getInt();
  }

  void skip(int count) {
    need(count).position(bytes.position() + count);
  }

  /** Floats alone are stored with the highest byte first. */
  double f64() {
    return Double.longBitsToDouble(Long.reverseBytes(need(Long.BYTES).getLong()));
  }

  /** {@return a signed integer of that many bytes} */
  BigInteger whole(int count) {
    byte[] littleEndian = take(count);
    byte[] bigEndian = new byte[count + 1];
    bigEndian[0] = (byte) (count > 0 && littleEndian[count - 1] < 0 ? -1 : 0);
    for (int i = 0; i < count; i++) {
      bigEndian[count - i] = littleEndian[i];
    }
    return new BigInteger(bigEndian);
  }

  String text(int count) {
    return new String(take(count), StandardCharsets.UTF_8);
  }

  /** {@return the text up to a line feed, which is passed over} */
  String line() {
    int start = bytes.position();
    while (u8() != '\n') {
      if (bytes.position() - start > MAXIMUM_LINE) {
        throw new FormatException(
            file, "pickle at byte " + start, "a line of at most " + MAXIMUM_LINE, "a longer one");
      }
    }
    int end = bytes.position();
    bytes.position(start);
    String line = text(end - 1 - start);
    bytes.position(end);
    return line;
  }

  private byte[] take(int count) {
    need(count);
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private ByteBuffer need(int count) {
    if (count < 0 || bytes.remaining() < count) {
      throw new FormatException(
          file,
          "pickle at byte " + bytes.position(),
          "followed by " + Integer.toUnsignedString(count) + " bytes",
          bytes.remaining());
    }
    return bytes;
  }
}
