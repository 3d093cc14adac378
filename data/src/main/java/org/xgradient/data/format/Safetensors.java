package org.xgradient.data.format;

import com.google.common.primitives.Longs;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.RegularFiles;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header with the type,
 * shape and place of each tensor, then the numbers, little-endian and without gaps.
 *
 * <p>Reads {@code F16}, {@code BF16}, {@code F32}, {@code F64}, {@code BOOL} and the integers;
 * writes {@code F32}. Reading needs the memory of the arrays and a small buffer.
 */
public final class Safetensors {

  private static final int MAXIMUM_HEADER_BYTES = 100_000_000;
  private static final int BUFFER_BYTES = 1 << 18;

  private Safetensors() {}

  /**
   * Reads all tensors.
   *
   * @param file a safetensors file
   * @return the tensors in the order of the header, with the metadata
   * @throws FormatException if the file is not a whole safetensors file
   * @throws DataException if it cannot be read
   */
  public static NamedArrays read(Path file) {
    RegularFiles.check(file);
    try (FileChannel channel = FileChannel.open(file)) {
      return read(file, channel);
    } catch (EOFException e) {
      throw new FormatException(file, "length", "what it was when opened", e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static NamedArrays read(Path file, FileChannel channel) throws IOException {
    int headerBytes = headerBytes(file, channel);
    ByteBuffer header = ByteBuffer.allocate(headerBytes);
    ArrayReader.fill(channel, header);
    SafetensorsHeader parsed = SafetensorsHeader.parse(file, header.array());
    long start = Long.BYTES + (long) headerBytes;
    parsed.checkPlaces(file, channel.size() - start);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (SafetensorsHeader.Tensor tensor : parsed.tensors()) {
      channel.position(start + tensor.begin());
      arrays.put(tensor.name(), read(channel, tensor));
    }
    return NamedArrays.of(arrays).withMetadata(parsed.metadata());
  }

  private static int headerBytes(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new FormatException(file, "length", "at least 8 bytes", size);
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ArrayReader.fill(channel, length);
    long headerBytes = length.getLong(0);
    long maximum = Math.min(MAXIMUM_HEADER_BYTES, size - Long.BYTES);
    if (headerBytes < 0 || headerBytes > maximum) {
      throw new FormatException(
          file,
          "header length",
          "at most " + maximum + " bytes in a file of " + size,
          Long.toUnsignedString(headerBytes));
    }
    return (int) headerBytes;
  }

  private static FloatArray read(FileChannel channel, SafetensorsHeader.Tensor tensor)
      throws IOException {
    int[] shape = tensor.shape().toArray();
    return FloatArray.of(
        ArrayReader.read(channel, tensor.type(), ByteOrder.LITTLE_ENDIAN, ArrayShapes.size(shape)),
        shape);
  }

  /**
   * Writes tensors as {@code F32}. The same tensors in the same order give the same bytes. The file
   * appears whole or not at all.
   *
   * @param file the file to write or replace
   * @param arrays the tensors and the metadata
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path file, NamedArrays arrays) {
    byte[] header = SafetensorsHeader.write(arrays);
    try {
      AtomicFiles.write(
          file,
          out -> {
            out.write(Longs.toByteArray(Long.reverseBytes(header.length)));
            out.write(header);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (FloatArray array : arrays.arrays().values()) {
              write(out, array.values(), buffer);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write %s (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static void write(OutputStream out, float[] values, byte[] buffer) throws IOException {
    FloatBuffer floats = littleEndian(buffer).asFloatBuffer();
    for (int done = 0; done < values.length; done += floats.capacity()) {
      int chunk = Math.min(floats.capacity(), values.length - done);
      floats.clear().put(values, done, chunk);
      out.write(buffer, 0, chunk * Float.BYTES);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
