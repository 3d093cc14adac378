package org.xgradient.graph.savedmodel.files;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;

/**
 * Reads a sorted string table, the format of LevelDB in which TensorFlow writes the index of a
 * checkpoint: blocks of keys and values, an index of the blocks, and a footer that says where the
 * index is.
 */
final class SortedTable {

  /** Two places of a block, padded to 40 bytes, and a number by which the format is known. */
  private static final int FOOTER_BYTES = 48;

  private static final long MAGIC = 0xdb4775248b80fb57L;

  /** What the byte after a block says of it; some builds of TensorFlow compress. */
  private static final byte PLAIN = 0;

  private static final byte SNAPPY = 1;

  /** Of keys and values, as a key may repeat most of the one before. */
  private static final long MAX_BYTES = 1L << 28;

  /** What an entry takes beside them: the objects and their places in lists. */
  private static final int ENTRY_BYTES = 128;

  private final Path file;
  private final ByteBuffer bytes;
  private long taken;
  private @Nullable ByteString last;

  private SortedTable(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value
   */
  record Entry(String key, ByteString value) {}

  /**
   * Reads all entries.
   *
   * @param file the file, for messages
   * @param content what is in it
   * @return the entries, in order
   * @throws DataException if the file is damaged
   */
  static ImmutableList<Entry> read(Path file, byte[] content) {
    if (content.length < FOOTER_BYTES) {
      throw new DataException(
          "%s is cut off: it must have %s bytes or more, found %s"
              .formatted(file, FOOTER_BYTES, content.length));
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
      return new SortedTable(file, bytes).entries();
    } catch (IOException | RuntimeException e) {
      if (e instanceof DataException known) {
        throw known;
      }
      // Places and lengths that lead out of the file.
      throw new DataException("%s is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** {@return a checksum as these files store it, so that checksums of checksums are no trap} */
  static int mask(int checksum) {
    return Integer.rotateRight(checksum, 15) + 0xa282ead8;
  }

  private ImmutableList<Entry> entries() throws IOException {
    int footer = bytes.capacity() - FOOTER_BYTES;
    if (bytes.getLong(bytes.capacity() - Long.BYTES) != MAGIC) {
      throw new DataException(file + " is no index of a checkpoint, or is cut off");
    }
    CodedInputStream places = CodedInputStream.newInstance(bytes.slice(footer, FOOTER_BYTES));
    block(places);
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    ImmutableList<Entry> blocks = entries(block(places));
    last = null;
    for (Entry block : blocks) {
      entries.addAll(entries(block(block.value().newCodedInput())));
    }
    return entries.build();
  }

  /** Reads the block at a place, which is an offset and a size. */
  private ByteBuffer block(CodedInputStream place) throws IOException {
    int offset = Math.toIntExact(place.readRawVarint64());
    int size = Math.toIntExact(place.readRawVarint64());
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(offset, size + 1));
    if (bytes.getInt(offset + size + 1) != mask((int) checksum.getValue())) {
      throw new DataException(
          "%s is damaged: the block at %s has another checksum; copy the model anew"
              .formatted(file, offset));
    }
    ByteBuffer block = bytes.slice(offset, size).order(ByteOrder.LITTLE_ENDIAN);
    return switch (bytes.get(offset + size)) {
      case PLAIN -> block;
      case SNAPPY -> SnappyBlock.decompress(block);
      default -> throw new DataException(file + " is compressed in a way that is not known");
    };
  }

  /** Each key leaves out what it shares with the one before; restart points end the block. */
  private ImmutableList<Entry> entries(ByteBuffer block) throws IOException {
    int restarts = block.getInt(block.capacity() - Integer.BYTES);
    if (restarts < 0) {
      throw new DataException(
          "%s is damaged: a block claims %s restart points".formatted(file, restarts));
    }
    int end = Math.subtractExact(block.capacity(), Math.multiplyExact(restarts + 1, Integer.BYTES));
    CodedInputStream in = CodedInputStream.newInstance(block.slice(0, end));
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    ByteString key = ByteString.EMPTY;
    while (!in.isAtEnd()) {
      int shared = in.readRawVarint32();
      int added = in.readRawVarint32();
      int length = in.readRawVarint32();
      key = key.substring(0, shared).concat(ByteString.copyFrom(in.readRawBytes(added)));
      ByteString value = ByteString.copyFrom(in.readRawBytes(length));
      checkIncreases(key);
      taken += ENTRY_BYTES + key.size() + value.size();
      if (taken > MAX_BYTES) {
        throw new DataException(
            "%s must have keys and values of at most %s bytes in all".formatted(file, MAX_BYTES));
      }
      entries.add(new Entry(key.toStringUtf8(), value));
    }
    return entries.build();
  }

  /** Who searches in a table whose keys don't finds other values than who reads all of it. */
  private void checkIncreases(ByteString key) {
    if (last != null && ByteString.unsignedLexicographicalComparator().compare(last, key) >= 0) {
      throw new DataException(
          "%s is damaged: its keys must increase, found '%s' too late; copy the model anew"
              .formatted(file, key.toStringUtf8()));
    }
    last = key;
  }
}
