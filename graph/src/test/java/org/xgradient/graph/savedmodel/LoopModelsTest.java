package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.runtime.SessionOptions;

/** Loops over the steps of a sequence, as Keras exports them. */
class LoopModelsTest {

  @TempDir Path folder;

  private static NodeDef.Builder node(String name, String type, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(type).addAllInput(List.of(inputs));
  }

  private static NodeDef.Builder typed(String name, String type, DataType of, String... inputs) {
    return node(name, type, inputs).putAttr("T", Attributes.of(of));
  }

  private static NodeDef integer(String name, int value) {
    return node(name, "Const")
        .putAttr("dtype", Attributes.of(DataType.DT_INT32))
        .putAttr("value", Attributes.scalar(value))
        .build();
  }

  private static FunctionDef.Builder function(String name, String result, DataType... results) {
    FunctionDef.Builder function = FunctionDef.newBuilder();
    var signature = function.getSignatureBuilder().setName(name);
    signature.addInputArgBuilder().setName("i").setType(DataType.DT_INT32);
    signature.addInputArgBuilder().setName("n").setType(DataType.DT_INT32);
    signature.addInputArgBuilder().setName("h").setType(DataType.DT_FLOAT);
    signature.addInputArgBuilder().setName("list").setType(DataType.DT_VARIANT);
    for (int k = 0; k < results.length; k++) {
      signature.addOutputArgBuilder().setName(result + k).setType(results[k]);
    }
    return function;
  }

  /** {@code h <- 2 h + x_t}, beginning with x_0's zeros, for as many steps as x has. */
  private void export(boolean counted, int steps) throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      var tf = session.ops();
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, steps)));
      var rows = tf.withName("steps").linalg.transpose(x, tf.constant(new int[] {1, 0}));
      var first = tf.withName("first").zerosLike(tf.reduceSum(x, tf.constant(1)));
      // The loop takes the place of this sum.
      var sum = tf.withName("sum").math.add(first, tf.reduceSum(rows, tf.constant(0)));
      SavedModels.write(
          model,
          session,
          List.of(SignatureSpec.of(SignatureSpec.SERVING).withInput("x", x).withOutput("y", sum)));
    }
    FunctionWrapper.edit(model, meta -> withLoop(meta, counted));
  }

  private static MetaGraphDef.Builder withLoop(MetaGraphDef.Builder meta, boolean counted) {
    var graph = meta.getGraphDefBuilder();
    for (var node : graph.getNodeBuilderList()) {
      if (node.getName().equals("sum")) {
        node.setOp("Identity").clearInput().addInput("loop:2");
      }
    }
    graph
        .addNode(integer("zero", 0))
        .addNode(
            node("shape", "Shape", "steps")
                .putAttr("T", Attributes.of(DataType.DT_FLOAT))
                .putAttr("out_type", Attributes.of(DataType.DT_INT32)))
        .addNode(vector("begin", 0))
        .addNode(vector("end", 1))
        .addNode(
            typed("length", "StridedSlice", DataType.DT_INT32, "shape", "begin", "end", "end")
                .putAttr("Index", Attributes.of(DataType.DT_INT32))
                .putAttr("shrink_axis_mask", AttrValue.newBuilder().setI(1).build()))
        .addNode(
            node("data", "Cast", "first_sum")
                .putAttr("SrcT", Attributes.of(DataType.DT_FLOAT))
                .putAttr("DstT", Attributes.of(DataType.DT_INT32)))
        .addNode(
            typed("first_sum", "Max", DataType.DT_FLOAT, "steps", "axes")
                .putAttr("Tidx", Attributes.of(DataType.DT_INT32)))
        .addNode(axes())
        .addNode(
            node("list", "TensorListFromTensor", "steps", "begin")
                .putAttr("element_dtype", Attributes.of(DataType.DT_FLOAT))
                .putAttr("shape_type", Attributes.of(DataType.DT_INT32)))
        .addNode(
            node("loop", "StatelessWhile", "zero", counted ? "length" : "data", "first", "list")
                .putAttr("cond", called("goes_on"))
                .putAttr("body", called("step"))
                .putAttr(
                    "T",
                    AttrValue.newBuilder()
                        .setList(
                            AttrValue.ListValue.newBuilder()
                                .addType(DataType.DT_INT32)
                                .addType(DataType.DT_INT32)
                                .addType(DataType.DT_FLOAT)
                                .addType(DataType.DT_VARIANT))
                        .build()));
    graph
        .getLibraryBuilder()
        .addFunction(
            function("goes_on", "more", DataType.DT_BOOL)
                .addNodeDef(typed("less", "Less", DataType.DT_INT32, "i", "n"))
                .putRet("more0", "less:z:0"))
        .addFunction(
            function(
                    "step",
                    "next",
                    DataType.DT_INT32,
                    DataType.DT_INT32,
                    DataType.DT_FLOAT,
                    DataType.DT_VARIANT)
                .addNodeDef(integer("one", 1))
                .addNodeDef(typed("count", "AddV2", DataType.DT_INT32, "i", "one:output:0"))
                .addNodeDef(
                    node("element", "TensorListGetItem", "list", "i", "one:output:0")
                        .putAttr("element_dtype", Attributes.of(DataType.DT_FLOAT)))
                .addNodeDef(typed("twice", "AddV2", DataType.DT_FLOAT, "h", "h"))
                .addNodeDef(typed("add", "AddV2", DataType.DT_FLOAT, "twice:z:0", "element:item:0"))
                .putRet("next0", "count:z:0")
                .putRet("next1", "n")
                .putRet("next2", "add:z:0")
                .putRet("next3", "list"));
    return meta;
  }

  private static AttrValue called(String name) {
    return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
  }

  private static NodeDef.Builder vector(String name, int... values) {
    var tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT32);
    tensor.getTensorShapeBuilder().addDimBuilder().setSize(values.length);
    for (int value : values) {
      tensor.addIntVal(value);
    }
    return node(name, "Const")
        .putAttr("dtype", Attributes.of(DataType.DT_INT32))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
  }

  private static NodeDef.Builder axes() {
    return vector("axes", 0, 1);
  }

  @Test
  void aLoopOverAFixedLengthIsUnrolled() throws Exception {
    export(true, 4);
    try (LoadedModel loaded =
        SavedModels.load(
            folder.resolve("model"),
            LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()))) {
      Examples examples =
          loaded.examples(InputValues.of(new double[] {1, 2, 3, 4, 0, 0, 1, -1}, 2, 4));
      // 8 x_0 + 4 x_1 + 2 x_2 + x_3
      assertThat(loaded.logits(examples).values()).containsExactly(26, 1);
      ForwardPass pass = ForwardPass.ofInference(loaded);
      var gradient = Gradients.of(loaded.session().ops(), pass.logits(), pass.inputs());
      assertThat(
              loaded
                  .session()
                  .run(Feeds.of(pass.inputs(), examples.explained()), gradient)
                  .values())
          .containsExactly(8, 4, 2, 1, 8, 4, 2, 1);
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
    }
  }

  /** The count of the last step follows from those of all steps before. */
  @Test
  void aLongLoopIsUnrolled() throws Exception {
    export(true, 500);
    try (LoadedModel loaded =
        SavedModels.load(
            folder.resolve("model"),
            LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()))) {
      double[] row = new double[500];
      row[490] = 1;
      row[499] = 3;
      // 2^9 x_490 + x_499
      assertThat(loaded.logits(loaded.examples(InputValues.of(row, 1, 500))).values())
          .containsExactly(515);
    }
  }

  /** Of floats whose bits would be those of an integer. */
  @Test
  void aLoopThatCountsInFloatsIsRefused() throws Exception {
    export(true, 4);
    FunctionWrapper.edit(
        folder.resolve("model"),
        meta -> {
          TensorProto bits =
              TensorProto.newBuilder()
                  .setDtype(DataType.DT_FLOAT)
                  .setTensorShape(TensorShapeProto.getDefaultInstance())
                  .setTensorContent(ByteString.copyFrom(new byte[] {2, 0, 0, 0}))
                  .build();
          meta.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getName().equals("length"))
              .forEach(
                  node ->
                      node.setOp("Const")
                          .clearInput()
                          .clearAttr()
                          .putAttr("dtype", Attributes.of(DataType.DT_FLOAT))
                          .putAttr("value", AttrValue.newBuilder().setTensor(bits).build()));
          return meta;
        });
    assertThatThrownBy(() -> SavedModels.load(folder.resolve("model")))
        .hasMessageContaining("loop (StatelessWhile) stands in the way");
  }

  @Test
  void aLoopThatRunsAsOftenAsTheDataSaysIsRefused() throws Exception {
    export(false, 4);
    assertThatThrownBy(() -> SavedModels.load(folder.resolve("model")))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("loop (StatelessWhile) stands in the way")
        .hasMessageContaining("unroll=True")
        // It is fixed already.
        .hasMessageNotContaining("--input-shape");
  }

  /** No advice is given to give what was given. */
  @Test
  void aLengthThatTheModelDoesNotTakeIsSaidWithWhatTensorFlowSays() throws Exception {
    export(true, 4);
    FunctionWrapper.edit(
        folder.resolve("model"),
        meta -> {
          var fours = TensorShapeProto.newBuilder();
          fours.addDimBuilder().setSize(-1);
          fours.addDimBuilder().setSize(4);
          meta.getGraphDefBuilder()
              .addNode(
                  typed("fours", "EnsureShape", DataType.DT_FLOAT, "x")
                      .putAttr("shape", AttrValue.newBuilder().setShape(fours).build()));
          meta.getGraphDefBuilder().getNodeBuilderList().stream()
              .filter(node -> node.getName().equals("steps"))
              .forEach(node -> node.setInput(0, "fours"));
          return meta;
        });
    assertThatThrownBy(
            () ->
                SavedModels.load(
                    folder.resolve("model"),
                    LoadOptions.withDefaults().withInputShape("x", ImmutableIntArray.of(2))))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("the shapes x=[2]")
        .hasMessageContaining("TensorFlow says: ")
        .hasMessageContaining(" in fours; give others")
        .hasMessageNotContaining("give a fixed length");
  }

  @Test
  void aLoopOfTooManyStepsIsSaidToBeThat() throws Exception {
    export(true, 2_100);
    assertThatThrownBy(() -> SavedModels.load(folder.resolve("model")))
        .hasMessageContaining(
            "loop (StatelessWhile) stands in the way: the loop runs more than 2000")
        .hasMessageContaining("shorter length (--input-shape)");
  }
}
