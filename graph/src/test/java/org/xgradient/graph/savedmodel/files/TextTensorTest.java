package org.xgradient.graph.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;

/** Texts written by hand as TensorFlow's checkpoints have them. */
class TextTensorTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CRC32C checksum = new CRC32C();

  private static byte[] littleEndian(long value, int size) {
    ByteBuffer all = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(0, value);
    byte[] some = new byte[size];
    all.get(some);
    return some;
  }

  /** Seven bits a byte, the lowest first; the last byte is the one below 128. */
  private void length(long length) {
    long left = length;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes.write((int) left);
    checksum.update(littleEndian(length, length < 1L << 32 ? Integer.BYTES : Long.BYTES));
  }

  private void endOfLengths() {
    byte[] ofLengths = littleEndian(SortedTable.mask((int) checksum.getValue()), Integer.BYTES);
    bytes.writeBytes(ofLengths);
    checksum.update(ofLengths);
  }

  private void text(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private BundleEntryProto entry(int count) {
    return BundleEntryProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setShape(
            TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(count)))
        .setCrc32C(SortedTable.mask((int) checksum.getValue()))
        .build();
  }

  @Test
  void texts() {
    length(2);
    length(0);
    length(200);
    endOfLengths();
    text("ab" + "x".repeat(200));
    assertThat(TextTensor.read("keys", entry(3), bytes.toByteArray()).getStringValList())
        .containsExactly(
            ByteString.copyFromUtf8("ab"),
            ByteString.EMPTY,
            ByteString.copyFromUtf8("x".repeat(200)));
  }

  /** With checksums that are right, as one who tampers would have them. */
  @Test
  void aLengthThatIsNegativeIsDamage() {
    length(-5);
    endOfLengths();
    text("ab");
    BundleEntryProto entry = entry(1);
    assertThatThrownBy(() -> TextTensor.read("keys", entry, bytes.toByteArray()))
        .isInstanceOf(DataException.class)
        .hasMessage("the texts 'keys' are damaged; copy the model anew");
  }
}
