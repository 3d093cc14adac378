package org.xgradient.data.format;

import com.google.common.primitives.ImmutableIntArray;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;

/**
 * NumPy's npy format, versions 1 to 3: one array of floats, integers or booleans, in either byte
 * order, row-major or column-major. Arrays of Python objects, structures, strings, dates and
 * complex numbers are refused.
 */
public final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit; longer headers belong to structures. */
  private static final int MAXIMUM_HEADER_BYTES = 10_000;

  private Npy() {}

  /**
   * Reads an array.
   *
   * @param file an npy file
   * @return the array, row-major
   * @throws FormatException if the file is not a whole npy file of numbers
   * @throws DataException if it cannot be read
   */
  public static FloatArray read(Path file) {
    RegularFiles.check(file);
    try (FileChannel channel = FileChannel.open(file)) {
      AllocationBudget budget = new AllocationBudget(file, channel.size());
      return read(file, "array", channel, channel.size(), budget);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Reads an array from inside a file.
   *
   * @param place what the array is called in messages
   * @param in the bytes of the npy format
   * @param bytes how many bytes there should be
   * @param budget what may be allocated
   */
  static FloatArray read(
      Path file, String place, ReadableByteChannel in, long bytes, AllocationBudget budget)
      throws IOException {
    try {
      NpyHeader header = readHeader(file, place, in, bytes, budget);
      return read(in, header);
    } catch (EOFException e) {
      throw new FormatException(file, place, "an array in npy format", e);
    }
  }

  private static NpyHeader readHeader(
      Path file, String place, ReadableByteChannel in, long bytes, AllocationBudget budget)
      throws IOException {
    ByteBuffer start = take(in, MAGIC.length + 2);
    if (start.mismatch(ByteBuffer.wrap(MAGIC)) != MAGIC.length) {
      throw new FormatException(
          file, place, "in npy format, which begins with \\x93NUMPY", "other bytes");
    }
    int version = start.get(MAGIC.length);
    if (version < 1 || version > 3) {
      throw new FormatException(file, place + ": version", "1, 2 or 3", version);
    }
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer length = take(in, lengthBytes);
    long headerBytes =
        version == 1 ? length.getShort() & 0xffff : Integer.toUnsignedLong(length.getInt());
    if (headerBytes > MAXIMUM_HEADER_BYTES) {
      throw new FormatException(
          file, place + ": header length", "at most " + MAXIMUM_HEADER_BYTES, headerBytes);
    }
    byte[] text = take(in, (int) headerBytes).array();
    NpyHeader header =
        new NpyHeaderParser(file, place, new String(text, StandardCharsets.UTF_8)).parse();
    long dataBytes = bytes - MAGIC.length - 2 - lengthBytes - headerBytes;
    if (dataBytes != header.dataBytes()) {
      throw new FormatException(
          file,
          place + ": length after the header",
          header.dataBytes() + " bytes for shape " + header.shape(),
          dataBytes);
    }
    budget.take(place, header.size());
    return header;
  }

  private static ByteBuffer take(ReadableByteChannel in, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    ArrayReader.fill(in, buffer);
    return buffer.flip();
  }

  private static FloatArray read(ReadableByteChannel in, NpyHeader header) throws IOException {
    float[] values = ArrayReader.read(in, header.type(), header.order(), header.size());
    int[] shape = header.shape().toArray();
    boolean ordered = !header.fortranOrder() || shape.length < 2;
    return FloatArray.of(
        ordered ? values : Strides.copy(values, 0, columnMajor(header.shape()), shape), shape);
  }

  private static long[] columnMajor(ImmutableIntArray shape) {
    long[] strides = new long[shape.length()];
    long stride = 1;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = stride;
      stride *= shape.get(i);
    }
    return strides;
  }
}
