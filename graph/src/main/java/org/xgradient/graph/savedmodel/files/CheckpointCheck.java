package org.xgradient.graph.savedmodel.files;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.xgradient.data.DataException;

/**
 * Checks the variables of a SavedModel, in TensorFlow's checkpoint format: a sorted table of what
 * lies where, and files with the values.
 */
public final class CheckpointCheck {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path prefix;
  private final int shards;

  private CheckpointCheck(Path prefix, int shards) {
    this.prefix = prefix;
    this.shards = shards;
  }

  /**
   * Checks that every variable is where the index says, has the size of its shape, and the checksum
   * that was written with it.
   *
   * @param prefix what the names of the files begin with
   * @throws DataException if not
   */
  public static void check(Path prefix) {
    Path index = prefix.resolveSibling(prefix.getFileName() + ".index");
    List<SortedTable.Entry> entries = SortedTable.read(index);
    try {
      // The first key is empty and its value says how the files were written.
      if (entries.isEmpty() || !entries.get(0).key().isEmpty()) {
        throw new DataException(index + " is damaged: it has no header");
      }
      BundleHeaderProto header = BundleHeaderProto.parseFrom(entries.get(0).value());
      CheckpointCheck check = new CheckpointCheck(prefix, header.getNumShards());
      for (SortedTable.Entry entry : entries.subList(1, entries.size())) {
        check.check(entry.key(), BundleEntryProto.parseFrom(entry.value()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new DataException(index + " is damaged: " + e.getMessage(), e);
    }
  }

  private void check(String variable, BundleEntryProto entry) {
    long values = TensorSizes.values(entry.getShape());
    long bytes = TensorSizes.bytes(entry.getDtype());
    Path file = shard(entry.getShardId());
    boolean whole = entry.getSlicesCount() == 0;
    boolean plausible =
        values >= 0
            && entry.getOffset() >= 0
            && entry.getSize() >= 0
            && entry.getSize() <= size(file) - entry.getOffset()
            && (bytes < 0 || !whole || entry.getSize() == values * bytes);
    if (!plausible) {
      throw new DataException(
          "%s is damaged: variable '%s' of %s values claims %s bytes at %s, the file has %s"
              .formatted(file, variable, values, entry.getSize(), entry.getOffset(), size(file)));
    }
    // Text has another checksum, which covers its lengths apart.
    if (bytes > 0 && whole && checksum(file, entry) != entry.getCrc32C()) {
      throw new DataException(
          "%s is damaged: variable '%s' has another checksum; copy the model anew"
              .formatted(file, variable));
    }
  }

  private Path shard(int shard) {
    Path file =
        prefix.resolveSibling(
            "%s.data-%05d-of-%05d".formatted(prefix.getFileName(), shard, shards));
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + " is missing; copy the model anew");
    }
    return file;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static int checksum(Path file, BundleEntryProto entry) {
    CRC32C checksum = new CRC32C();
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(entry.getOffset());
      long left = entry.getSize();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(left, BUFFER_BYTES));
      while (left > 0) {
        buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
        if (channel.read(buffer) < 0) {
          throw new DataException(file + " became shorter while it was read");
        }
        left -= buffer.flip().remaining();
        checksum.update(buffer);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return SortedTable.mask((int) checksum.getValue());
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
  }
}
