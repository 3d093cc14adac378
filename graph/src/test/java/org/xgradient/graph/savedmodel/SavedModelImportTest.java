package org.xgradient.graph.savedmodel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.affine.AffineStart;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TextConstants;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.runtime.SessionOptions;

/** SavedModels as others export them. */
class SavedModelImportTest {

  private static final FloatArray ROWS =
      FloatArray.of(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, 2, 3);

  @TempDir Path folder;

  private Path model() {
    return folder.resolve("model");
  }

  /** Exports a function of a batch of inputs without variables. */
  private void export(Shape inputs, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function)
      throws Exception {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(inputs));
      var signature =
          SignatureSpec.of(SignatureSpec.SERVING)
              .withInput("x", x)
              .withOutput("y", function.apply(tf, x));
      SavedModels.write(model(), session, List.of(signature));
    }
  }

  private static float[] logits(LoadedModel loaded, FloatArray rows) {
    var x =
        loaded
            .session()
            .ops()
            .placeholder(
                TFloat32.class, Placeholder.shape(Shapes.batchOf(loaded.model().inputShape())));
    return loaded.session().run(Feeds.of(x, rows), loaded.model().forward(x).logits()).values();
  }

  private static LoadedModel load(Path directory) {
    return SavedModels.load(
        directory, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  @Test
  void functionsAreInlined() throws Exception {
    Function<GraphSession, Function<Model, List<FloatArray>>> values =
        session ->
            model -> {
              var tf = session.ops();
              var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
              var logits = model.forward(x).logits();
              var first = Gradients.of(tf, logits, x);
              var weight = model.parameters().get(0).value();
              var second = Gradients.of(tf, tf.math.square(first), weight);
              return session.run(Feeds.of(x, ROWS), List.of(logits, first, second), List.of());
            };
    List<FloatArray> before;
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Model model = Networks.mlp(3, 2, 5, 4).build(session, 3);
      before = values.apply(session).apply(model);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(model(), session, List.of(SignatureSpec.serving(model.forward(x))));
    }
    FunctionWrapper.wrap(model());
    try (LoadedModel loaded = load(model())) {
      assertThat(values.apply(loaded.session()).apply(loaded.model())).isEqualTo(before);
      assertThat(loaded.model().parameters().stream().map(Parameter::toString))
          .containsExactly(
              "fc1.weight[3, 5]",
              "fc1.bias[5]",
              "fc2.weight[5, 4]",
              "fc2.bias[4]",
              "fc3.weight[4, 2]",
              "fc3.bias[2]");
      assertThat(before.get(2).values()).isNotEqualTo(new float[15]);

      var bias = loaded.model().parameters().get(5);
      assertThat(bias.role()).isEqualTo(Role.BIAS);
      var tf = loaded.session().ops();
      var x = tf.constant(new float[][] {{1, 2, 3}});
      var twice =
          tf.math.add(loaded.model().forward(x).logits(), loaded.model().forward(x).logits());
      assertThat(loaded.session().run(Feeds.none(), Gradients.of(tf, twice, bias.value())).values())
          .containsExactly(2, 2);
    }
  }

  /**
   * Estimators of TensorFlow 1 split variables: mostly into one part, which is saved as a slice.
   */
  @Test
  void theOnlyPartOfAVariableIsTheWhole() throws Exception {
    float[] before;
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Model model = Networks.mlp(3, 2, 5).build(session, 3);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      before = session.run(Feeds.of(x, ROWS), model.forward(x).logits()).values();
      SavedModels.write(model(), session, List.of(SignatureSpec.serving(model.forward(x))));
    }
    FunctionWrapper.edit(model(), SavedModelImportTest::split);
    try (LoadedModel loaded = load(model())) {
      assertThat(logits(loaded, ROWS)).isEqualTo(before);
      assertThat(loaded.model().parameters().get(0).name()).contains("part_0");
    }
  }

  private static MetaGraphDef.Builder split(MetaGraphDef.Builder meta) {
    Map<String, NodeDef> nodes = new HashMap<>(GraphDefs.byName(meta.getGraphDef().getNodeList()));
    NodeDef restore =
        nodes.values().stream()
            .filter(node -> node.getOp().equals("RestoreV2"))
            .findFirst()
            .orElseThrow();
    NodeDef names = requireNonNull(nodes.get(restore.getInput(1)));
    NodeDef slices = requireNonNull(nodes.get(restore.getInput(2)));
    var parts = slices.getAttrOrThrow("value").getTensor().toBuilder();
    parts.clearTensorContent().clearStringVal();
    for (ByteString name : TextConstants.of(names.getAttrOrThrow("value").getTensor())) {
      var sizes =
          requireNonNull(nodes.get(name.toStringUtf8()))
              .getAttrOrThrow("shape")
              .getShape()
              .getDimList()
              .stream()
              .map(size -> Long.toString(size.getSize()))
              .toList();
      String extents = sizes.stream().map(size -> "0," + size).collect(Collectors.joining(":"));
      parts.addStringVal(ByteString.copyFromUtf8(String.join(" ", sizes) + " " + extents));
    }
    nodes.put(
        slices.getName(),
        slices.toBuilder()
            .putAttr("value", AttrValue.newBuilder().setTensor(parts).build())
            .build());
    Set<String> variables =
        nodes.values().stream()
            .filter(node -> node.getOp().equals("VarHandleOp"))
            .map(NodeDef::getName)
            .collect(Collectors.toSet());
    meta.getGraphDefBuilder().clearNode();
    for (NodeDef node : nodes.values()) {
      NodeDef.Builder renamed = node.toBuilder().clearInput();
      node.getInputList()
          .forEach(name -> renamed.addInput(variables.contains(name) ? name + "/part_0" : name));
      if (variables.contains(node.getName())) {
        String name = node.getName() + "/part_0";
        renamed.setName(name).putAttr("shared_name", Attributes.of(name));
      }
      meta.getGraphDefBuilder().addNode(renamed);
    }
    return meta;
  }

  @Test
  void batchNormInInferenceForm() throws Exception {
    FloatArray image = FloatArray.zeros(1, 4, 4, 1);
    for (int i = 0; i < image.size(); i++) {
      image.values()[i] = (float) Math.sin(i + 1);
    }
    FloatArray expected;
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      ImmutableMap<String, FloatArray> values =
          ImmutableMap.of(
              "kernel", FloatArray.of(new float[] {1, -2, 0.5f, 3}, 1, 1, 1, 4),
              "gamma", FloatArray.of(new float[] {1, 2, 3, 4}, 4),
              "beta", FloatArray.of(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 4),
              "mean", FloatArray.of(new float[] {0, 1, -1, 2}, 4),
              "variance", FloatArray.of(new float[] {1, 4, 2, 1}, 4));
      Map<String, Operand<TFloat32>> read =
          values.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey,
                      entry -> {
                        var parameter =
                            Parameter.create(
                                tf, entry.getKey(), Role.WEIGHT, entry.getValue().shape());
                        parameter.assign(session, entry.getValue());
                        return parameter.value();
                      }));
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 4, 4, 1)));
      var convolved = tf.nn.conv2d(x, read.get("kernel"), List.of(1L, 1L, 1L, 1L), "SAME");
      var normal =
          tf.nn.fusedBatchNorm(
              convolved,
              read.get("gamma"),
              read.get("beta"),
              read.get("mean"),
              read.get("variance"),
              FusedBatchNorm.isTraining(false));
      var logits = tf.math.mean(tf.nn.relu(normal.y()), tf.constant(new int[] {1, 2}));
      expected = session.run(Feeds.of(x, image), logits);
      SavedModels.write(
          model(),
          session,
          List.of(
              SignatureSpec.of(SignatureSpec.SERVING).withInput("x", x).withOutput("y", logits)));
    }
    FunctionWrapper.wrap(model());
    try (LoadedModel loaded = load(model())) {
      assertThat(logits(loaded, image)).containsExactly(expected.values());
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(4, 4, 1));
      // The mean and the variance are not trained.
      assertThat(loaded.model().parameters().stream().map(p -> p.name() + " " + p.role()))
          .containsExactly("kernel WEIGHT", "gamma WEIGHT", "beta BIAS");
    }
  }

  @Test
  void aFinalSigmoidInAFunctionIsTracedBack() throws Exception {
    export(
        Shape.of(-1, 3),
        (tf, x) ->
            tf.identity(
                tf.math.sigmoid(
                    tf.linalg.matMul(x, tf.constant(new float[][] {{1}, {10}, {100}})))));
    FunctionWrapper.wrap(model());
    try (LoadedModel loaded = load(model())) {
      assertThat(logits(loaded, ROWS)).containsExactly(190.5f, -71);
      assertThat(loaded.model().outputs()).isEqualTo(1);
      assertThat(loaded.notes())
          .containsExactly(
              "the output is that of Sigmoid_1 (Sigmoid); what it is applied to is taken as the"
                  + " logits");
    }
  }

  @Test
  void whatIsAffineFirstIsFoundInItToo() throws Exception {
    float[][] weights = new float[80][2];
    weights[0] = new float[] {1, 2};
    weights[79] = new float[] {3, -1};
    export(
        Shape.of(-1, 80),
        (tf, x) -> {
          var product = tf.linalg.matMul(x, tf.constant(weights));
          var hidden = tf.math.add(product, tf.constant(new float[] {1, 2}));
          return tf.linalg.matMul(tf.nn.relu(hidden), tf.constant(new float[][] {{1}, {10}}));
        });
    FunctionWrapper.wrap(model());
    try (LoadedModel loaded = load(model())) {
      ForwardPass pass = ForwardPass.ofInference(loaded);
      AffineStart affine = AffineStart.find(pass.inputs(), pass.logits()).orElseThrow();
      var hidden = affine.apply(loaded.session().ops(), pass.inputs()).get(0);
      FloatArray row = FloatArray.zeros(1, 80);
      row.values()[0] = 1;
      row.values()[79] = 1;
      assertThat(loaded.session().run(Feeds.of(pass.inputs(), row), hidden).values())
          .containsExactly(5, 3);
    }
  }

  @Test
  void oneNumberPerExampleIsOneLogit() throws Exception {
    export(Shape.of(-1, 3), (tf, x) -> tf.reduceSum(x, tf.constant(1)));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.model().outputs()).isEqualTo(1);
      assertThat(logits(loaded, ROWS)).containsExactly(1.5f, 1);
    }
  }

  @Test
  void aFixedBatchIsFound() throws Exception {
    export(Shape.of(4, 3), (tf, x) -> tf.math.add(x, tf.constant(new float[4][3])));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.model().fixedBatch()).hasValue(4);
      assertThat(loaded.notes()).containsExactly("the model takes batches of 4 only");
      float[] rows = new float[12];
      rows[7] = 5;
      assertThat(logits(loaded, FloatArray.of(rows, 4, 3))).containsExactly(rows);
    }
  }

  @Test
  void aBatchThatIsFixedInAConstantOnlyIsFound() throws Exception {
    export(Shape.of(-1, 2, 3), (tf, x) -> tf.reshape(x, tf.constant(new int[] {5, 6})));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.model().fixedBatch()).hasValue(5);
    }
  }

  @Test
  void aBatchThatIsDeclaredButNotFixedIsOpen() throws Exception {
    export(Shape.of(4, 3), (tf, x) -> tf.nn.relu(x));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.model().fixedBatch()).isEmpty();
      assertThat(logits(loaded, ROWS)).containsExactly(0.5f, 0, 2, 1.5f, 0.25f, 0);
    }
  }

  @Test
  void anInputOfUnknownSizeNeedsAShape() throws Exception {
    export(
        Shape.of(-1, -1, -1, 1),
        (tf, x) ->
            tf.math.mean(
                tf.nn.conv2d(
                    x,
                    tf.constant(new float[][][][] {{{{2, 3}}}}),
                    List.of(1L, 1L, 1L, 1L),
                    "VALID",
                    new Conv2d.Options[0]),
                tf.constant(new int[] {1, 2})));
    assertThatThrownBy(() -> SavedModels.load(model()))
        .isInstanceOf(SavedModelException.class)
        .hasMessageEndingWith(
            "input 'x' is of shape [-1, -1, -1, 1]; give the shape of one example (such as"
                + " --input-shape x=10,10,1)");
    try (LoadedModel loaded =
        SavedModels.load(
            model(), LoadOptions.withDefaults().withInputShape(ImmutableIntArray.of(2, 1, 1)))) {
      FloatArray image = FloatArray.of(new float[] {1, 3}, 1, 2, 1, 1);
      assertThat(logits(loaded, image)).containsExactly(4, 6);
    }
  }

  @Test
  void variablesOfTensorFlowsFirstVersionBecomeResources() throws Exception {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var weight = tf.withName("w").variable(tf.constant(new float[][] {{1}, {2}, {3}}));
      var bias = tf.withName("b").variable(tf.constant(new float[] {10}));
      var logits = tf.math.add(tf.linalg.matMul(x, weight), bias);
      session.initialize();
      SavedModelBundle.exporter(model().toString())
          .withSession(session)
          .withSignature(
              Signature.builder("serving_default").input("x", x).output("logits", logits).build())
          .export();
    }
    try (LoadedModel loaded = load(model())) {
      assertThat(logits(loaded, ROWS)).containsExactly(14.5f, 9.75f);
      var parameters = loaded.model().parameters();
      assertThat(parameters.stream().map(Parameter::toString)).containsExactly("w[3, 1]", "b[1]");
      assertThat(parameters.get(1).role()).isEqualTo(Role.BIAS);
      parameters.get(1).assign(loaded.session(), FloatArray.of(new float[] {0}, 1));
      assertThat(logits(loaded, ROWS)).containsExactly(4.5f, -0.25f);

      // What optimizers need: a handle that resource operations update.
      var tf = loaded.session().ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var gradient =
          Gradients.of(tf, loaded.model().forward(x).logits(), parameters.get(0).value());
      var update =
          tf.train.resourceApplyGradientDescent(
              parameters.get(0).handle(), tf.constant(1f), gradient);
      loaded.session().run(Feeds.of(x, ROWS), List.of(), List.of(update));
      assertThat(parameters.get(0).read(loaded.session()).values())
          .containsExactly(1 - 2, 2 + 0.75f, 3 - 1.25f);
    }
  }

  @Test
  void whatPythonSaysOfVariablesIsTaken() throws Exception {
    try (GraphSession session = GraphSession.open()) {
      Model model = Networks.mlp(3, 2).build(session, 3);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      SavedModels.write(model(), session, List.of(SignatureSpec.serving(model.forward(x))));
    }
    FunctionWrapper.wrap(model());
    FunctionWrapper.edit(
        model(),
        meta -> {
          // The function captures its last inputs: the variables, here as objects 2 and 1.
          var objects = meta.getObjectGraphDefBuilder();
          objects.addNodesBuilder();
          objects.addNodesBuilder().getVariableBuilder().setName("frozen").setTrainable(false);
          objects
              .addNodesBuilder()
              .getVariableBuilder()
              .setName("layer/kernel:0")
              .setTrainable(true);
          return meta.setObjectGraphDef(
              objects.putConcreteFunctions(
                  "outer",
                  SavedConcreteFunction.newBuilder().addBoundInputs(2).addBoundInputs(1).build()));
        });
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.model().parameters().stream().map(Parameter::toString))
          .containsExactly("layer.kernel_0[3, 2]");
    }
  }

  @Test
  void aMissingGradientIsNamed() throws Exception {
    // TensorFlow has no C++ gradient of it, and neither has this library.
    export(Shape.of(-1, 3), (tf, x) -> tf.math.digamma(x));
    try (LoadedModel loaded =
        SavedModels.load(model(), LoadOptions.withDefaults().withTensors(List.of("x")))) {
      var tf = loaded.session().ops();
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var logits = loaded.model().forward(x).logits();
      assertThatThrownBy(() -> Gradients.of(tf, logits, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "imported/pass_3/Digamma (Digamma) can't be differentiated: there is no gradient of"
                  + " Digamma");
    }
  }

  @Test
  void noticesRowsThatKnowEachOther() throws Exception {
    export(Shape.of(-1, 3), (tf, x) -> tf.math.sub(x, tf.math.mean(x, tf.constant(0))));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.notes()).anySatisfy(note -> assertThat(note).contains("know each other"));
      assertThatThrownBy(() -> RowIndependence.of(loaded).requireNotMixed())
          .hasMessageContaining("Mean (Mean): reduces over the rows of the batch");
    }
  }

  @Test
  void saysNothingOfRowsThatStayApart() throws Exception {
    export(Shape.of(-1, 3), (tf, x) -> tf.nn.relu(x));
    try (LoadedModel loaded = load(model())) {
      assertThat(loaded.notes()).noneSatisfy(note -> assertThat(note).contains("know each other"));
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
    }
  }
}
