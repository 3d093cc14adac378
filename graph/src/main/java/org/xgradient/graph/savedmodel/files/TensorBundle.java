package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;

/**
 * The variables of a SavedModel, in TensorFlow's checkpoint format: a sorted table of what lies
 * where, and files with the values. It is read without TensorFlow, so that the bytes that become
 * values are those whose checksums were computed.
 */
public final class TensorBundle {

  private static final int MAX_INDEX_BYTES = 1 << 28;
  private static final int BUFFER_BYTES = 1 << 20;

  /** Of a tensor that is read as a whole. */
  private static final long MAX_TENSOR_BYTES = 1 << 28;

  private final ModelFiles files;
  private final String prefix;
  private final int shards;
  private final ImmutableMap<String, BundleEntryProto> entries;

  private TensorBundle(
      ModelFiles files, String prefix, int shards, ImmutableMap<String, BundleEntryProto> entries) {
    this.files = files;
    this.prefix = prefix;
    this.shards = shards;
    this.entries = entries;
  }

  /**
   * A variable that is there as a whole.
   *
   * @param key its name in the checkpoint
   * @param type the type of its values
   * @param shape its shape
   * @param bytes how many bytes its values take
   */
  public record Saved(String key, DataType type, TensorShapeProto shape, long bytes) {}

  /** What is done with the values of a variable. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes the values; must ask for all of them.
     *
     * @param variable the variable
     * @param values gives the next bytes
     */
    void take(Saved variable, Bytes values);
  }

  /** Gives the bytes of a variable, little-endian, piece by piece. */
  @FunctionalInterface
  public interface Bytes {
    /**
     * {@return how many bytes were read; none at the end}
     *
     * @param buffer where they go
     */
    int read(byte[] buffer);
  }

  /**
   * Reads the index of a checkpoint.
   *
   * @param files the files of the SavedModel
   * @return the checkpoint
   * @throws DataException if it is missing or damaged
   */
  public static TensorBundle open(ModelFiles files) {
    String index = SavedModelFiles.VARIABLES + ".index";
    byte[] bytes = files.read(index, MAX_INDEX_BYTES);
    ImmutableList<SortedTable.Entry> table = SortedTable.read(files.path(index), bytes);
    try {
      // The first key is empty and its value says how the files were written.
      if (table.isEmpty() || !table.get(0).key().isEmpty()) {
        throw new DataException(files.path(index) + " is damaged: it has no header");
      }
      BundleHeaderProto header =
          Protobufs.parse(
              BundleHeaderProto.parser(),
              BundleHeaderProto.getDescriptor(),
              table.get(0).value().toByteArray());
      if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
        throw new DataException(
            files.path(index) + " must be little-endian; export it on another machine");
      }
      Map<String, BundleEntryProto> entries = new TreeMap<>();
      for (SortedTable.Entry entry : table.subList(1, table.size())) {
        entries.put(
            entry.key(),
            Protobufs.parse(
                BundleEntryProto.parser(),
                BundleEntryProto.getDescriptor(),
                entry.value().toByteArray()));
      }
      return new TensorBundle(
          files, SavedModelFiles.VARIABLES, header.getNumShards(), ImmutableMap.copyOf(entries));
    } catch (IOException e) {
      throw new DataException(files.path(index) + " is damaged: " + e.getMessage(), e);
    }
  }

  /** {@return whether there is a variable, as a whole or in slices} */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /**
   * {@return what is known of a variable}
   *
   * @param key its name in the checkpoint
   * @throws DataException if it is not there as a whole, or what the index says can't be true
   */
  public Saved saved(String key) {
    BundleEntryProto entry =
        Optional.ofNullable(entries.get(key))
            .orElseThrow(
                () ->
                    new DataException(
                        "variable '%s' is not in %s; copy the model anew"
                            .formatted(key, files.path(prefix + ".index"))));
    if (entry.getSlicesCount() > 0) {
      throw new DataException(
          "variable '%s' is saved in %s slices; save it as a whole"
              .formatted(key, entry.getSlicesCount()));
    }
    long values = TensorSizes.values(entry.getShape());
    long size = TensorSizes.bytes(entry.getDtype());
    boolean plausible =
        values >= 0
            && size > 0
            && values <= Long.MAX_VALUE / size
            && entry.getSize() == values * size
            && entry.getOffset() >= 0
            && entry.getOffset() <= Long.MAX_VALUE - entry.getSize()
            && entry.getShardId() >= 0
            && entry.getShardId() < shards;
    if (!plausible) {
      throw new DataException(
          "%s is damaged: variable '%s' of %s values of type %s claims %s bytes at %s"
              .formatted(
                  files.path(prefix + ".index"),
                  key,
                  values,
                  entry.getDtype(),
                  entry.getSize(),
                  entry.getOffset()));
    }
    return new Saved(key, entry.getDtype(), entry.getShape(), entry.getSize());
  }

  /**
   * Reads a small tensor of numbers or texts, such as the keys of a lookup table.
   *
   * @param key its name in the checkpoint
   * @return the tensor
   * @throws DataException if it is missing, damaged, or large
   */
  public TensorProto tensor(String key) {
    BundleEntryProto entry = entry(key);
    if (!has(key)
        || entry.getSlicesCount() > 0
        || entry.getSize() < 0
        || entry.getSize() > MAX_TENSOR_BYTES) {
      throw new DataException(
          "'%s' is not in %s as a whole of at most %s bytes"
              .formatted(key, files.path(prefix + ".index"), MAX_TENSOR_BYTES));
    }
    return entry.getDtype() == DataType.DT_STRING ? texts(key, entry) : numbers(key);
  }

  private TensorProto numbers(String key) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Saved saved = saved(key);
    read(
        List.of(key),
        (variable, bytes) -> {
          byte[] buffer = new byte[(int) Math.min(Math.max(1, variable.bytes()), BUFFER_BYTES)];
          for (int count = bytes.read(buffer); count > 0; count = bytes.read(buffer)) {
            all.write(buffer, 0, count);
          }
        });
    return TensorProto.newBuilder()
        .setDtype(saved.type())
        .setTensorShape(saved.shape())
        .setTensorContent(ByteString.copyFrom(all.toByteArray()))
        .build();
  }

  private TensorProto texts(String key, BundleEntryProto entry) {
    byte[] bytes = new byte[(int) entry.getSize()];
    if (entry.getShardId() < 0 || entry.getShardId() >= shards || entry.getOffset() < 0) {
      throw new DataException(files.path(prefix + ".index") + " is damaged: '" + key + "'");
    }
    files.stream(
        shard(entry.getShardId()),
        in -> {
          try {
            skip(in, entry.getOffset());
          } catch (EOFException e) {
            throw cutOff(key, e);
          }
          if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
            throw cutOff(key, new EOFException());
          }
        });
    return TextTensor.read(key, entry, bytes);
  }

  private String shard(int shard) {
    return "%s.data-%s-of-%s".formatted(prefix, five(shard), five(shards));
  }

  /**
   * Reads variables, each file once from its beginning to its end.
   *
   * @param keys the names of the variables, without repetition
   * @param taker takes the values of each; what it took must not be used if this fails
   * @throws DataException if a variable is missing or damaged
   */
  public void read(Collection<String> keys, Taker taker) {
    keys.forEach(this::saved);
    ImmutableListMultimap<Integer, String> byShard =
        Multimaps.index(keys, key -> entry(key).getShardId());
    byShard
        .asMap()
        .forEach((shard, inShard) -> files.stream(shard(shard), in -> read(inShard, in, taker)));
  }

  /** Digits that don't depend on the locale. */
  private static String five(int number) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, 5 - digits.length())) + digits;
  }

  private BundleEntryProto entry(String key) {
    return entries.getOrDefault(key, BundleEntryProto.getDefaultInstance());
  }

  private void read(Collection<String> keys, InputStream in, Taker taker) throws IOException {
    long position = 0;
    for (String key :
        keys.stream().sorted(Comparator.comparingLong(key -> entry(key).getOffset())).toList()) {
      BundleEntryProto entry = entry(key);
      if (entry.getOffset() < position) {
        throw new DataException(
            "%s.index is damaged: variable '%s' overlaps another"
                .formatted(files.path(prefix), key));
      }
      try {
        skip(in, entry.getOffset() - position);
        Values values = new Values(in, entry.getSize());
        taker.take(saved(key), values::read);
        if (values.left > 0 || values.checksum() != entry.getCrc32C()) {
          throw new DataException(
              "%s is damaged: variable '%s' has another checksum; copy the model anew"
                  .formatted(files.path(prefix), key));
        }
      } catch (EOFException e) {
        throw cutOff(key, e);
      }
      position = entry.getOffset() + entry.getSize();
    }
  }

  private DataException cutOff(String key, EOFException e) {
    return new DataException(
        "%s is damaged: it ends before variable '%s' does; copy the model anew"
            .formatted(files.path(prefix), key),
        e);
  }

  /** By reading, so that the checksum of the file covers what is left out. */
  private static void skip(InputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[(int) Math.min(bytes, BUFFER_BYTES)];
    for (long left = bytes; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
    }
  }

  /** The bytes of one variable, and their checksum as far as they were read. */
  private static final class Values {
    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private long left;

    Values(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    int read(byte[] buffer) {
      try {
        int wanted = (int) Math.min(left, buffer.length);
        int read = in.readNBytes(buffer, 0, wanted);
        if (read < wanted) {
          throw new DataException("the file with the values is cut off; it is damaged");
        }
        checksum.update(buffer, 0, read);
        left -= read;
        return read;
      } catch (IOException e) {
        throw new DataException("the values can't be read: " + e.getMessage(), e);
      }
    }

    int checksum() {
      return SortedTable.mask((int) checksum.getValue());
    }
  }
}
