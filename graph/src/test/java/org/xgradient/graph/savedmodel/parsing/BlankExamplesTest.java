package org.xgradient.graph.savedmodel.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;

class BlankExamplesTest {

  private static final int MOST = 1 << 20;

  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
  private final AttrValue.ListValue.Builder shapes = AttrValue.ListValue.newBuilder();
  private final TensorProto.Builder keys = TensorProto.newBuilder().setDtype(DataType.DT_STRING);

  private void feature(String key, DataType type, long... shape) {
    keys.addStringVal(ByteString.copyFromUtf8(key));
    types.addType(type);
    TensorShapeProto.Builder sizes = shapes.addShapeBuilder();
    for (long size : shape) {
      sizes.addDimBuilder().setSize(size);
    }
  }

  private static NodeDef.Builder node(String name, String type, String... inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(type);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private Example parsed() throws Exception {
    graph
        .addNode(node("bytes", "Placeholder"))
        .addNode(
            node("keys", "Const").putAttr("value", AttrValue.newBuilder().setTensor(keys).build()))
        .addNode(
            node("parsed", "ParseExampleV2", "bytes", "names", "sparse", "keys", "ragged")
                .putAttr("Tdense", AttrValue.newBuilder().setList(types).build())
                .putAttr("dense_shapes", AttrValue.newBuilder().setList(shapes).build()));
    return Example.parseFrom(BlankExamples.of(ExampleParser.of(graph.build())).get("bytes"));
  }

  @Test
  void haveAsManyZerosAndEmptyTextsAsTheShapesSay() throws Exception {
    feature("floats", DataType.DT_FLOAT, 2, 3);
    feature("integers", DataType.DT_INT64, -1, 2);
    feature("texts", DataType.DT_STRING);
    var features = parsed().getFeatures();
    assertThat(features.getFeatureOrThrow("floats").getFloatList().getValueList())
        .hasSize(6)
        .containsOnly(0f);
    assertThat(features.getFeatureOrThrow("integers").getInt64List().getValueList())
        .hasSize(2)
        .containsOnly(0L);
    assertThat(features.getFeatureOrThrow("texts").getBytesList().getValueList())
        .containsExactly(ByteString.EMPTY);
  }

  /** A small file may name many features that are each as large as one may be. */
  @Test
  void allFeaturesTogetherAreLimited() throws Exception {
    feature("small", DataType.DT_INT64, 3);
    for (int i = 0; i < 5; i++) {
      feature("large" + i, DataType.DT_FLOAT, MOST - 3);
    }
    feature("none is left for it", DataType.DT_INT64);
    assertThat(parsed().getFeatures().getFeatureMap()).containsOnlyKeys("small", "large0");
  }

  /** 2 · (2^62 + 2^30) is no number of 64 bits, and its last 32 bits are negative. */
  @Test
  void aShapeThatClaimsTooMuchIsLeftOut() throws Exception {
    feature("vast", DataType.DT_FLOAT, 2, (1L << 62) + (1L << 30));
    feature("x", DataType.DT_FLOAT, 1);
    assertThat(parsed().getFeatures().getFeatureMap()).containsOnlyKeys("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ParseExampleV2", "ParseExample", "ParseSingleExample"})
  void aParserThatLacksInputsIsNamed(String type) {
    var count = AttrValue.newBuilder().setI(Integer.MAX_VALUE).build();
    var none = AttrValue.getDefaultInstance();
    graph.addNode(
        node("parsed", type)
            .putAttr("Nsparse", count)
            .putAttr("Ndense", count)
            .putAttr("dense_keys", none)
            .putAttr("Tdense", none)
            .putAttr("dense_shapes", none));
    assertThatThrownBy(() -> BlankExamples.of(ExampleParser.of(graph.build())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("parsed (" + type + ") must have an input");
  }

  @Test
  void whatPassesNothingOnIsNamed() {
    graph.addNode(node("bytes", "Identity")).addNode(node("parsed", "ParseSingleExample", "bytes"));
    graph.getNodeBuilder(1).putAttr("dense_keys", AttrValue.getDefaultInstance());
    assertThatThrownBy(() -> BlankExamples.of(ExampleParser.of(graph.build())))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("bytes (Identity) must have an input 0, found 0 inputs");
  }
}
