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

  /** Entries whose key is so much of the key before, with another letter behind it. */
  private static byte[] entries(int count, int shared) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    entry(out, 0, "k".repeat(shared));
    for (int i = 0; i < count; i++) {
      entry(out, shared, "x");
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
    // One restart point, at the beginning.
    byte[] restarts = bytes(8).putInt(0).putInt(1).array();
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
    byte[] place = block(entries);
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(index);
    out.writeUInt32NoTag(0);
    out.writeUInt32NoTag(1);
    out.writeUInt32NoTag(place.length);
    out.writeRawBytes("z".getBytes(StandardCharsets.US_ASCII));
    out.writeRawBytes(place);
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
        .containsExactly("kkk", "kkkx", "kkkx");
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
