package org.xgradient.data.format;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.format.PickleValue.Bool;
import org.xgradient.data.format.PickleValue.Dictionary;
import org.xgradient.data.format.PickleValue.Sequence;
import org.xgradient.data.format.PickleValue.Storage;
import org.xgradient.data.format.PickleValue.Text;
import org.xgradient.data.format.PickleValue.Whole;
import org.xgradient.data.format.Unpickler.Pickle;

/**
 * The older form of a checkpoint (before PyTorch 1.6): five pickles (a magic number, a version, a
 * description of the machine, the value, the keys of the storages in order), then for each storage
 * its length in eight bytes and its numbers.
 */
final class TorchStream implements TensorReader.StorageReader, AutoCloseable {

  private static final Whole MAGIC = new Whole(new BigInteger("1950a86a20f9469cfc6c", 16));
  private static final Whole VERSION = Whole.of(1001);

  private final Path file;
  private final FileChannel channel;
  private final PickleValue value;
  private final ByteOrder order;
  private final Map<String, Long> places = new LinkedHashMap<>();

  TorchStream(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file);
    try {
      ByteBuffer start =
          ByteBuffer.allocate(
              (int) Math.min(channel.size(), PyTorchCheckpoint.MAXIMUM_PICKLE_BYTES));
      ArrayReader.fill(channel, start);
      start.flip();
      checkStart(start);
      this.order = byteOrder(Unpickler.read(file, start).value());
      Pickle pickle = Unpickler.read(file, start);
      this.value = pickle.value();
      Sequence keys =
          cast("keys of the storages", Unpickler.read(file, start).value(), Sequence.class);
      locate(keys, pickle.storages(), start.position());
    } catch (RuntimeException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private void checkStart(ByteBuffer start) {
    if (!Unpickler.read(file, start).value().equals(MAGIC)) {
      throw new FormatException(file, "first pickle", "PyTorch's magic number", "another value");
    }
    PickleValue version = Unpickler.read(file, start).value();
    if (!version.equals(VERSION)) {
      throw new FormatException(file, "version", VERSION.kind(), version.kind());
    }
  }

  private ByteOrder byteOrder(PickleValue machine) {
    PickleValue littleEndian =
        cast("third pickle", machine, Dictionary.class).items.get(new Text("little_endian"));
    return cast("little_endian", littleEndian, Bool.class).value()
        ? ByteOrder.LITTLE_ENDIAN
        : ByteOrder.BIG_ENDIAN;
  }

  PickleValue pickle() {
    return value;
  }

  /** Walks over the storages to learn where each begins. */
  private void locate(Sequence keys, Map<String, Storage> storages, long begin) throws IOException {
    long position = begin;
    for (PickleValue item : keys.items) {
      String key = cast("key of a storage", item, Text.class).value();
      Storage storage = storages.get(key);
      if (storage == null || places.put(key, position) != null) {
        throw new FormatException(
            file, "key of a storage", "one that the value refers to, once", item.kind());
      }
      position += Long.BYTES + checkBytes(storage, position);
    }
    if (position != channel.size()) {
      throw new FormatException(file, "length", position + " bytes", channel.size());
    }
  }

  private long checkBytes(Storage storage, long position) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(order);
    channel.position(position);
    ArrayReader.fill(channel, length);
    if (length.getLong(0) != storage.total()) {
      throw new FormatException(
          file,
          "storage " + storage.key() + ": length",
          storage.total() + " numbers",
          length.getLong(0));
    }
    long left = channel.size() - channel.position();
    if (storage.total() > left / storage.type().bytes()) {
      throw new FormatException(
          file,
          "storage " + storage.key(),
          "inside the file's last " + left + " bytes",
          storage.total() + " numbers of " + storage.type().bytes() + " bytes");
    }
    return storage.total() * storage.type().bytes();
  }

  @Override
  public float[] read(Storage storage, AllocationBudget budget) throws IOException {
    Long place = places.get(storage.key());
    if (place == null) {
      throw new FormatException(
          file, "storages", "with key " + storage.key(), places.size() + " others");
    }
    channel.position(place + Long.BYTES);
    long bytes = storage.total() * storage.type().bytes();
    int count = PyTorchCheckpoint.checkSize(file, storage, bytes);
    budget.take("storage " + storage.key(), count);
    return ArrayReader.read(channel, storage.type(), order, count);
  }

  private <T extends PickleValue> T cast(String place, @Nullable PickleValue value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw new FormatException(
          file, place, "a " + type.getSimpleName(), value == null ? "nothing" : value.kind());
    }
    return type.cast(value);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
