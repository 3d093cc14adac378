package org.xgradient.data.format;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;

/**
 * The idx format of MNIST: two zero bytes, a type, the number of dimensions, their sizes in four
 * bytes each, then the numbers, all with the highest byte first; plain or compressed with gzip,
 * whatever the name says.
 */
public final class Idx {

  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int HEADER_BYTES = 4;

  private static final ImmutableMap<Integer, ElementType> TYPES =
      ImmutableMap.of(
          0x08, ElementType.UINT8,
          0x09, ElementType.INT8,
          0x0b, ElementType.INT16,
          0x0c, ElementType.INT32,
          0x0d, ElementType.FLOAT32,
          0x0e, ElementType.FLOAT64);

  private Idx() {}

  /**
   * Reads an array. A compressed one may take 64 MiB, or a hundred times the file's size if that is
   * more.
   *
   * @param file an idx file
   * @return the array
   * @throws FormatException if the file is not a whole idx file
   * @throws DataException if it cannot be read
   */
  public static FloatArray read(Path file) {
    try (InputStream plain = new BufferedInputStream(RegularFiles.open(file))) {
      AllocationBudget budget = new AllocationBudget(file, Files.size(file));
      return isCompressed(plain)
          ? read(file, new GZIPInputStream(plain), budget)
          : read(file, plain, budget);
    } catch (EOFException | ZipException e) {
      throw new FormatException(file, "file", "a whole idx file", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static boolean isCompressed(InputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC;
  }

  private static FloatArray read(Path file, InputStream in, AllocationBudget budget)
      throws IOException {
    ReadableByteChannel channel = Channels.newChannel(in);
    ByteBuffer header = take(channel, HEADER_BYTES);
    ElementType type = TYPES.get((int) header.get(2));
    if (header.getShort(0) != 0 || type == null) {
      throw new FormatException(
          file,
          "header",
          "two zero bytes and a type from 0x8 to 0xe",
          "0x" + Integer.toHexString(header.getInt(0)));
    }
    int[] shape = shape(file, take(channel, Integer.BYTES * (header.get(3) & 0xff)));
    budget.take("array", ArrayShapes.size(shape));
    FloatArray array =
        FloatArray.of(
            ArrayReader.read(channel, type, ByteOrder.BIG_ENDIAN, ArrayShapes.size(shape)), shape);
    if (in.read() >= 0) {
      throw new FormatException(file, "file", "at its end after its numbers", "more bytes");
    }
    return array;
  }

  private static int[] shape(Path file, ByteBuffer sizes) {
    List<Long> shape = new ArrayList<>();
    while (sizes.hasRemaining()) {
      shape.add(Integer.toUnsignedLong(sizes.getInt()));
    }
    return ArrayShapes.check(file, "array", shape);
  }

  private static ByteBuffer take(ReadableByteChannel in, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    ArrayReader.fill(in, buffer);
    return buffer.flip();
  }
}
