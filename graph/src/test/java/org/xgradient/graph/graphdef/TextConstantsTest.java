package org.xgradient.graph.graphdef;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class TextConstantsTest {

  private static TensorProto packed(int count, String content) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(
            TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(count)))
        .setTensorContent(ByteString.copyFromUtf8(content))
        .build();
  }

  private static String[] texts(TensorProto tensor) {
    return TextConstants.of(tensor).stream().map(ByteString::toStringUtf8).toArray(String[]::new);
  }

  /** As TensorFlow writes a constant of several texts; the long one takes two bytes of length. */
  @Test
  void areReadAsTensorFlowWritesThem() {
    String[] written = {"one", "", "é", "x".repeat(300)};
    try (Graph graph = new Graph()) {
      Ops.create(graph).withName("texts").array(written);
      NodeDef node = graph.toGraphDef().getNode(0);
      TensorProto tensor = GraphDefs.attribute(node, "value").getTensor();
      assertThat(tensor.getStringValCount()).isZero();
      assertThat(texts(tensor)).containsExactly(written);
    }
  }

  @Test
  void areReadOneByOne() {
    TensorProto tensor =
        TensorProto.newBuilder()
            .addAllStringVal(
                Arrays.asList(ByteString.copyFromUtf8("a"), ByteString.copyFromUtf8("b")))
            .build();
    assertThat(texts(tensor)).containsExactly("a", "b");
    assertThat(texts(TensorProto.getDefaultInstance())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\1", "\1\1a", "\2\1ab", "\1\1abc", "\177\1a"})
  void areNoneIfDamaged(String content) {
    assertThat(TextConstants.of(packed(2, content))).isEmpty();
    assertThat(TextConstants.of(packed(Integer.MAX_VALUE, content))).isEmpty();
    assertThat(TextConstants.of(packed(-1, content))).isEmpty();
  }
}
