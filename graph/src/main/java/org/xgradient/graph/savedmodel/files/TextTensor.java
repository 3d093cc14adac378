package org.xgradient.graph.savedmodel.files;

import com.google.protobuf.ByteString;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.xgradient.data.DataException;

/**
 * Reads a tensor of texts of a checkpoint: the lengths of all as variable-length integers, a
 * checksum of the lengths, then the bytes of all. The checksums are of lengths as integers of four
 * bytes (eight from 2^32 on), not of how they are written.
 */
final class TextTensor {

  private static final long MAX_TEXTS = 1 << 22;

  private TextTensor() {}

  /**
   * Reads a tensor.
   *
   * @param key its name, for messages
   * @param entry what the index says of it
   * @param bytes its bytes in the file
   * @throws DataException if they are damaged
   */
  static TensorProto read(String key, BundleEntryProto entry, byte[] bytes) {
    long count = TensorSizes.values(entry.getShape());
    if (count < 0 || count > MAX_TEXTS || count > bytes.length) {
      throw damaged(key, null);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CRC32C checksum = new CRC32C();
    try {
      long[] lengths = new long[(int) count];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = length(in);
        update(checksum, lengths[i], lengths[i] < 1L << 32 ? Integer.BYTES : Long.BYTES);
      }
      long ofLengths = in.order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffffffffL;
      if (ofLengths != (SortedTable.mask((int) checksum.getValue()) & 0xffffffffL)) {
        throw damaged(key, null);
      }
      update(checksum, ofLengths, Integer.BYTES);
      TensorProto.Builder tensor =
          TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(entry.getShape());
      for (long length : lengths) {
        // Of 64 bits, so that one that is too large may be negative.
        if (length < 0 || length > in.remaining()) {
          throw damaged(key, null);
        }
        byte[] text = new byte[(int) length];
        in.get(text);
        checksum.update(text);
        tensor.addStringVal(ByteString.copyFrom(text));
      }
      if (in.hasRemaining() || SortedTable.mask((int) checksum.getValue()) != entry.getCrc32C()) {
        throw damaged(key, null);
      }
      return tensor.build();
    } catch (BufferUnderflowException e) {
      throw damaged(key, e);
    }
  }

  private static long length(ByteBuffer in) {
    long length = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte part = in.get();
      length |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return length;
      }
    }
    throw new BufferUnderflowException();
  }

  private static void update(CRC32C checksum, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      checksum.update((int) (value >>> (8 * i)) & 0xff);
    }
  }

  private static DataException damaged(String key, @Nullable Exception e) {
    String message = "the texts '%s' are damaged; copy the model anew".formatted(key);
    return e == null ? new DataException(message) : new DataException(message, e);
  }
}
