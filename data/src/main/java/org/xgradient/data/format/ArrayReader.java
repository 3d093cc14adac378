package org.xgradient.data.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/** Decodes numbers from a channel through a small buffer, so that only the floats take memory. */
final class ArrayReader {

  private static final int BUFFER_BYTES = 1 << 18;

  private ArrayReader() {}

  /**
   * Reads numbers.
   *
   * @param in where the numbers come next
   * @param count how many; the caller has checked that the file holds them
   * @return the numbers as floats
   * @throws EOFException if the channel ends before
   */
  static float[] read(ReadableByteChannel in, ElementType type, ByteOrder order, int count)
      throws IOException {
    float[] values = new float[count];
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, (long) count * type.bytes())).order(order);
    for (int done = 0; done < count; ) {
      int chunk = Math.min(count - done, buffer.capacity() / type.bytes());
      buffer.clear().limit(chunk * type.bytes());
      fill(in, buffer);
      type.decode(buffer.flip(), values, done, chunk);
      done += chunk;
    }
    return values;
  }

  /**
   * Reads until the buffer is full.
   *
   * @throws EOFException if the channel ends before
   */
  static void fill(ReadableByteChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException(buffer.remaining() + " bytes are missing");
      }
    }
  }
}
