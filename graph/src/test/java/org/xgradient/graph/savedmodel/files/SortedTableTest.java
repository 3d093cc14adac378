package org.xgradient.graph.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.xgradient.data.DataException;

/** Tables written by hand as LevelDB has them. */
class SortedTableTest {

  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** Entries whose key is so much of the key before, with a number behind it. */
  private static byte[] entries(int count, int shared) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    entry(out, 0, "k".repeat(shared));
    for (int i = 0; i < count; i++) {
      entry(out, shared, Integer.toString(1_000_000 + i));
    }
    out.flush();
    return block.toByteArray();
  }

  private static byte[] keys(String... keys) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    for (String key : keys) {
      entry(out, 0, key);
    }
    out.flush();
    return block.toByteArray();
  }

  private static void entry(CodedOutputStream out, int shared, String added) throws IOException {
    out.writeUInt32NoTag(shared);
    out.writeUInt32NoTag(added.length());
    out.writeUInt32NoTag(0);
    out.writeRawBytes(added.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Adds a block; gives its place. */
  private byte[] block(byte[] entries) throws IOException {
    return block(entries, 1);
  }

  private byte[] block(byte[] entries, int points) throws IOException {
    // One restart point, at the beginning.
    byte[] restarts = bytes(8).putInt(0).putInt(points).array();
    int offset = file.size();
    byte[] content = bytes(entries.length + 8).put(entries).put(restarts).array();
    file.writeBytes(content);
    file.write(0);
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    checksum.update(0);
    file.writeBytes(bytes(4).putInt(SortedTable.mask((int) checksum.getValue())).array());
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(place);
    out.writeUInt64NoTag(offset);
    out.writeUInt64NoTag(content.length);
    out.flush();
    return place.toByteArray();
  }

  private byte[] table(byte[] entries) throws IOException {
    return table("z", block(entries));
  }

  /** A table of blocks at places, each under the next letter. */
  private byte[] table(String first, byte[]... places) throws IOException {
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(index);
    char letter = first.charAt(0);
    for (byte[] place : places) {
      out.writeUInt32NoTag(0);
      out.writeUInt32NoTag(1);
      out.writeUInt32NoTag(place.length);
      out.writeRawBytes(Character.toString(letter++).getBytes(StandardCharsets.US_ASCII));
      out.writeRawBytes(place);
    }
    out.flush();
    byte[] unused = block(new byte[0]);
    byte[] ofIndex = block(index.toByteArray());
    byte[] footer = bytes(48).put(unused).put(ofIndex).putLong(40, MAGIC).array();
    file.writeBytes(footer);
    return file.toByteArray();
  }

  @Test
  void keysShareWhatTheyBeginWith() throws Exception {
    assertThat(SortedTable.read(Path.of("index"), table(entries(2, 3))))
        .extracting(SortedTable.Entry::key)
        .containsExactly("kkk", "kkk1000000", "kkk1000001");
  }

  /** As bytes, and across blocks. */
  @Test
  void keysThatIncreaseAreTaken() throws Exception {
    byte[] table = table("b", block(keys("", "a", "aa", "a\u007f")), block(keys("b", "c")));
    assertThat(SortedTable.read(Path.of("index"), table))
        .extracting(SortedTable.Entry::key)
        .containsExactly("", "a", "aa", "a\u007f", "b", "c");
  }

  /** Which of two values TensorFlow took would depend on how it searches. */
  @Test
  void keysThatDoNotIncreaseAreRefused() throws Exception {
    assertNotIncreasing("b", table(keys("a", "b", "b")));
    assertNotIncreasing("a", table(keys("b", "a")));
  }

  @Test
  void aBlockThatIsListedTwiceIsRefused() throws Exception {
    byte[] place = block(keys("a", "b"));
    assertNotIncreasing("a", table("b", place, place));
  }

  @Test
  void blocksInAnotherOrderAreRefused() throws Exception {
    byte[] second = block(keys("c"));
    assertNotIncreasing("a", table("b", second, block(keys("a"))));
  }

  private static void assertNotIncreasing(String key, byte[] table) {
    assertThatThrownBy(() -> SortedTable.read(Path.of("index"), table))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "index is damaged: its keys must increase, found '%s' too late; copy the model anew",
            key);
  }

  @Test
  void aNegativeNumberOfRestartPointsIsRefused() throws Exception {
    byte[] table = table("z", block(keys("a"), -1));
    assertThatThrownBy(() -> SortedTable.read(Path.of("index"), table))
        .isInstanceOf(DataException.class)
        .hasMessage("index is damaged: a block claims -1 restart points");
  }

  /**
   * 5,000,000 short keys take 20 MB in the file, and more than 128 bytes each when they are read.
   */
  @Test
  void manySmallEntriesAreRefused() throws Exception {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    byte[] key = {0, 0, 0, 0};
    for (int i = 0; i < 5_000_000; i++) {
      int shared = 3;
      // The next number in base 128, most significant first.
      for (int place = 3; place >= 0 && ++key[place] < 0; place--) {
        key[place] = 0;
        shared = place - 1;
      }
      out.writeUInt32NoTag(i == 0 ? 0 : shared);
      out.writeUInt32NoTag(i == 0 ? 4 : 4 - shared);
      out.writeUInt32NoTag(0);
      out.writeRawBytes(key, i == 0 ? 0 : shared, i == 0 ? 4 : 4 - shared);
    }
    out.flush();
    byte[] table = table(block.toByteArray());
    assertThatThrownBy(() -> SortedTable.read(Path.of("index"), table))
        .isInstanceOf(DataException.class)
        .hasMessage("index must have keys and values of at most 268435456 bytes in all");
  }

  /** 140 kB, whose keys would take 1.2 GB. */
  @Test
  void keysThatGrowWithoutBoundAreRefused() throws Exception {
    byte[] table = table(entries(12_000, 100_000));
    assertThatThrownBy(() -> SortedTable.read(Path.of("index"), table))
        .isInstanceOf(DataException.class)
        .hasMessage("index must have keys and values of at most 268435456 bytes in all");
  }
}
