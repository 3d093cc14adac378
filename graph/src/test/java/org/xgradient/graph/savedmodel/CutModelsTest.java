package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.ModelInput.Role;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.runtime.SessionOptions;

/** SavedModels of several inputs, of integers and texts, and with outputs of any rank. */
class CutModelsTest {

  private static final float[][] TABLE = {{0, 0}, {1, -2}, {0.5f, 3}, {-1, 1}};

  @TempDir Path folder;

  private Path model() {
    return folder.resolve("model");
  }

  private static <T extends TType> Placeholder<T> input(
      Ops tf, String name, Class<T> type, long... shape) {
    return tf.withName(name).placeholder(type, Placeholder.shape(Shape.of(shape)));
  }

  private void export(Function<Ops, SignatureSpec> build) throws Exception {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      SavedModels.write(model(), session, List.of(build.apply(session.ops())));
    }
  }

  private static SignatureSpec serving() {
    return SignatureSpec.of(SignatureSpec.SERVING);
  }

  private LoadedModel load() {
    return load(LoadOptions.withDefaults());
  }

  private LoadedModel load(LoadOptions options) {
    return SavedModels.load(model(), options.withSession(SessionOptions.singleThreaded()));
  }

  private static Map<String, Role> roles(LoadedModel loaded) {
    return loaded.inputs().stream()
        .collect(ImmutableMap.toImmutableMap(ModelInput::name, ModelInput::role));
  }

  private static InputValues numbers(double[] values, int... shape) {
    return InputValues.of(values, shape);
  }

  @Test
  void severalInputsStandSideBySideAndScaleTogether() throws Exception {
    export(
        tf -> {
          var a = input(tf, "a", TFloat32.class, -1, 2);
          var b = input(tf, "b", TFloat32.class, -1);
          var unused = input(tf, "c", TFloat32.class, -1, 7);
          var sum = tf.reduceSum(tf.nn.relu(a), tf.constant(1));
          return serving()
              .withInput("a", a)
              .withInput("b", b)
              .withInput("c", unused)
              .withOutput("y", tf.nn.relu(tf.math.sub(sum, b)));
        });
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded))
          .containsEntry("a", Role.EXPLAINED)
          .containsEntry("b", Role.EXPLAINED)
          .containsEntry("c", Role.UNUSED);
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(3));
      Examples examples =
          loaded.examples(
              Map.of(
                  "a", numbers(new double[] {1, 2, 3, -4}, 2, 2),
                  "b", numbers(new double[] {0.5, 1}, 2)));
      assertThat(examples.explained().values()).containsExactly(1, 2, 0.5f, 3, -4, 1);
      assertThat(loaded.logits(examples).values()).containsExactly(2.5f, 2);
      assertThat(Homogeneity.of(loaded).orElseThrow().degree()).isEqualTo(1);
      assertThatThrownBy(() -> loaded.examples(Map.of("a", numbers(new double[2], 1, 2))))
          .hasMessageContaining("the model needs the inputs [a, b], found no 'b'");
      assertThatThrownBy(
              () ->
                  loaded.examples(
                      Map.of("a", numbers(new double[2], 1, 2), "b", numbers(new double[2], 2))))
          .hasMessageContaining("rows as the others");
    }
  }

  /** A mean of embeddings over the tokens that a mask keeps, and a linear layer on it. */
  private static SignatureSpec tokens(Ops tf) {
    var ids = input(tf, "ids", TInt64.class, -1, 3);
    var embedded = tf.gather(tf.constant(TABLE), ids, tf.constant(0));
    var kept = tf.dtypes.cast(tf.math.notEqual(ids, tf.constant(0L)), TFloat32.class);
    var weighted = tf.math.mul(embedded, tf.expandDims(kept, tf.constant(-1)));
    var pooled =
        tf.math.div(
            tf.reduceSum(weighted, tf.constant(1)),
            tf.expandDims(tf.reduceSum(kept, tf.constant(1)), tf.constant(1)));
    var logits = tf.linalg.matMul(pooled, tf.constant(new float[][] {{2}, {1}}));
    return serving().withInput("ids", ids).withOutput("logits", logits);
  }

  @Test
  void tokensAreExplainedAtTheirEmbeddingAndMasksHeldFixed() throws Exception {
    export(CutModelsTest::tokens);
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded)).containsEntry("ids", Role.SOURCE);
      assertThat(loaded.hasFixedInputs()).isTrue();
      assertThat(loaded.parts()).hasSize(1);
      assertThat(loaded.parts().get(0).shape()).isEqualTo(ImmutableIntArray.of(3, 2));
      assertThat(loaded.parts().get(0).why()).contains("there is no gradient through GatherV2");
      assertThat(loaded.notes()).anySatisfy(n -> assertThat(n).contains("held fixed"));
      Examples examples = loaded.examples(numbers(new double[] {1, 2, 0, 3, 3, 3}, 2, 3));
      assertThat(examples.explained().values())
          .containsExactly(1, -2, 0.5f, 3, 0, 0, -1, 1, -1, 1, -1, 1);
      // (2 (1 + .5) + (-2 + 3)) / 2 = 2, and 2 (-1) + 1 = -1
      assertThat(loaded.logits(examples).values()).containsExactly(2, -1);
      // The mask divides by the number of tokens, which does not scale with the embeddings.
      assertThat(Homogeneity.of(loaded).orElseThrow().degree()).isEqualTo(1);
      assertThatThrownBy(() -> loaded.examples(numbers(new double[] {1, 2, 0.5}, 1, 3)))
          .hasMessageContaining("integers (DT_INT64), found 0.5");
    }
  }

  @Test
  void aLayerCanBeNamed() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          var hidden =
              tf.withName("hidden")
                  .nn
                  .relu(tf.linalg.matMul(x, tf.constant(new float[][] {{1, 2, 3}, {1, -1, 0}})));
          return serving()
              .withInput("numbers", x)
              .withOutput(
                  "y", tf.withName("y").linalg.matMul(hidden, tf.constant(new float[3][1])));
        });
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withTensors(List.of("hidden")))) {
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(3));
      assertThat(loaded.examples(numbers(new double[] {1, 3}, 1, 2)).explained().values())
          .containsExactly(4, 0, 3);
    }
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTensors(List.of("hiden"))))
        .hasMessageContaining("the output y needs no tensor 'hiden'; did you mean 'hidden'?");
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTensors(List.of("hidden:x"))))
        .hasMessageContaining("the output y needs no tensor 'hidden:x'");
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTensors(List.of("y"))))
        .hasMessageContaining("tensor 'y' is the output itself; name one before it, of [x, ");
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withTensors(List.of("numbers")))) {
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(2));
    }
  }

  @Test
  void aShapeOfOtherAxesThanTheSignatureSaysIsRefused() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, -1, 2);
          return serving().withInput("x", x).withOutput("y", tf.sum(x, tf.constant(1)));
        });
    for (int[] wrong : new int[][] {{2}, {5, 2, 1}}) {
      LoadOptions options =
          LoadOptions.withDefaults().withInputShape(ImmutableIntArray.copyOf(wrong));
      assertThatThrownBy(() -> load(options))
          .isInstanceOf(SavedModelException.class)
          .hasMessageContaining("examples of input 'x' have the shape [-1, 2] by the signature");
    }
    LoadOptions right = LoadOptions.withDefaults().withInputShape(ImmutableIntArray.of(5, 2));
    try (LoadedModel loaded = load(right)) {
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(5, 2));
    }
  }

  /** A signature without an axis of rows says the shape of one example, and no number of rows. */
  @Test
  void aFixedFirstAxisMayBeOneOfTheExample() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, 3);
          var factors = tf.constant(new float[] {1, 2, 3});
          return serving().withInput("x", x).withOutput("y", tf.math.mul(x, factors));
        });
    String advice = "give it: --input-shape x=3";
    try (LoadedModel loaded = load()) {
      assertThat(loaded.notes()).anySatisfy(note -> assertThat(note).endsWith(advice));
    }
    LoadOptions whole = LoadOptions.withDefaults().withInputShape(ImmutableIntArray.of(3));
    try (LoadedModel loaded = load(whole)) {
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(3));
      assertThat(loaded.notes()).noneMatch(note -> note.contains(advice));
    }
  }

  @Test
  void aNumberByTheSignatureIsNoVector() throws Exception {
    export(
        tf -> {
          var x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
          return serving().withInput("x", x).withOutput("y", tf.math.mul(x, tf.constant(2f)));
        });
    load(LoadOptions.withDefaults().withInputShape(ImmutableIntArray.of())).close();
    assertThatThrownBy(
            () -> load(LoadOptions.withDefaults().withInputShape(ImmutableIntArray.of(3))))
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("input 'x' is a single number or text by the signature")
        .hasMessageContaining("[3] was given; leave it out (--input-shape)");
  }

  @Test
  void textsAreLookedUpAndTablesAreFilledWithoutRunningTheModelsOwnOperations() throws Exception {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Ops tf = session.ops();
      var word = input(tf, "word", TString.class, -1);
      var size = input(tf, "size", TInt32.class, -1);
      Output<?> table =
          tf.scope()
              .opBuilder("HashTableV2", "table")
              .setAttr("key_dtype", DataType.DT_STRING)
              .setAttr("value_dtype", DataType.DT_INT64)
              .setAttr("shared_name", "words")
              .build()
              .output(0);
      Output<?> found =
          tf.scope()
              .opBuilder("LookupTableFindV2", "find")
              .addInput(table)
              .addInput(word.asOutput())
              .addInput(tf.constant(3L).asOutput())
              .build()
              .output(0);
      var encoded =
          tf.oneHot(found.expect(TInt64.class), tf.constant(4), tf.constant(1f), tf.constant(0f));
      var weights = tf.constant(new float[][] {{1}, {10}, {100}, {1000}});
      var logits =
          tf.math.add(
              tf.linalg.matMul(encoded, weights),
              tf.expandDims(tf.dtypes.cast(size, TFloat32.class), tf.constant(1)));
      Operand<TString> keys = tf.withName("keys").array("a", "b");
      Operand<TInt64> values = tf.withName("values").constant(new long[] {0, 1});
      // Exported as outputs of a second signature, so that they stay in the graph.
      SavedModels.write(
          model(),
          session,
          List.of(
              serving()
                  .withInput("word", word)
                  .withInput("size", size)
                  .withOutput("logits", logits),
              SignatureSpec.of("contents").withOutput("keys", keys).withOutput("values", values)));
    }
    FunctionWrapper.edit(model(), CutModelsTest::withTableInitializer);
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withSignature("serving_default"))) {
      Examples examples =
          loaded.examples(
              Map.of(
                  "word", InputValues.of(List.of("b", "a", "?"), 3),
                  "size", numbers(new double[] {1, 2, 3}, 3)));
      assertThat(loaded.logits(examples).values()).containsExactly(11, 3, 1003);
      assertThat(loaded.parts().stream().map(ExplainedPart::inputs))
          .containsExactly(ImmutableList.of("size"), ImmutableList.of("word"));
      assertThat(loaded.parts().get(0).why()).isEqualTo("its integers are taken as numbers");
    }
  }

  private static MetaGraphDef.Builder withTableInitializer(MetaGraphDef.Builder meta) {
    meta.getGraphDefBuilder()
        .addNodeBuilder()
        .setName("import")
        .setOp("LookupTableImportV2")
        .addInput("table")
        .addInput("keys")
        .addInput("values");
    meta.getGraphDefBuilder().addNodeBuilder().setName("init").setOp("NoOp").addInput("^import");
    meta.putCollectionDef(
        "table_initializer",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("init"))
            .build());
    return meta;
  }

  @Test
  void aTensorInTheMidstOfTheGraphIsFed() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 1);
          return serving()
              .withInput("x", x)
              .withOutput("y", tf.math.add(tf.math.mul(x, tf.constant(0.5f)), tf.constant(2f)));
        });
    // The placeholder becomes a tensor that is made of something that is not fed.
    FunctionWrapper.edit(
        model(),
        meta -> {
          for (var node : meta.getGraphDefBuilder().getNodeBuilderList()) {
            if (node.getName().equals("x")) {
              node.setOp("Identity")
                  .clearAttr()
                  .addInput("raw")
                  .putAttr("T", Attributes.of(DataType.DT_FLOAT));
            }
          }
          meta.getGraphDefBuilder()
              .addNodeBuilder()
              .setName("raw")
              .setOp("Placeholder")
              .putAttr("dtype", Attributes.of(DataType.DT_FLOAT));
          return meta;
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.logits(loaded.examples(numbers(new double[] {4}, 1, 1))).values())
          .containsExactly(4);
    }
  }

  @Test
  void integersThatAreComputedWithAreTakenAsNumbers() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TInt32.class, -1);
          return serving()
              .withInput("x", x)
              .withOutput("y", tf.math.mul(x, tf.math.add(x, tf.constant(3))));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.notes()).anySatisfy(n -> assertThat(n).contains("computed as floats"));
      assertThat(loaded.logits(loaded.examples(numbers(new double[] {4, -1}, 2))).values())
          .containsExactly(28, -2);
    }
  }

  @Test
  void halvesDoublesAndFlagsAreCastAtTheBorder() throws Exception {
    export(
        tf -> {
          var half = input(tf, "half", TFloat16.class, -1, 2);
          var big = input(tf, "big", TFloat64.class, -1, 2);
          var flag = input(tf, "flag", TBool.class, -1, 2);
          var sum = tf.math.add(tf.dtypes.cast(tf.math.add(half, half), TFloat64.class), big);
          var chosen = tf.select(flag, sum, tf.zerosLike(sum));
          return serving()
              .withInput("half", half)
              .withInput("big", big)
              .withInput("flag", flag)
              .withOutput("y", chosen);
        });
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded)).containsEntry("flag", Role.FIXED);
      Examples examples =
          loaded.examples(
              Map.of(
                  "half", numbers(new double[] {0.5, 2}, 1, 2),
                  "big", numbers(new double[] {10, 20}, 1, 2),
                  "flag", numbers(new double[] {1, 0}, 1, 2)));
      assertThat(loaded.logits(examples).values()).containsExactly(11, 0);
      assertThat(Homogeneity.of(loaded).orElseThrow().degree()).isEqualTo(1);
    }
  }

  @Test
  void oneNumberWithoutABatchIsAModelOfOneExampleAtATime() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class);
          return serving().withInput("x", x).withOutput("y", tf.math.mul(x, tf.constant(3f)));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.model().fixedBatch()).hasValue(1);
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
      assertThat(loaded.logits(loaded.examples(numbers(new double[] {4, 5}, 2))).values())
          .containsExactly(12, 15);
    }
  }

  @Test
  void outputsOfHigherRankAreLaidOutFlat() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2, 3);
          return serving().withInput("x", x).withOutput("y", tf.nn.softmax(x));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.model().outputs()).isEqualTo(6);
      assertThat(loaded.output().shape()).isEqualTo(ImmutableIntArray.of(2, 3));
      FloatArray logits =
          loaded.logits(loaded.examples(numbers(new double[] {0, 0, 0, 1, 2, 3}, 1, 2, 3)));
      assertThat(logits.values()).containsExactly(0, 0, 0, 1, 2, 3);
      float[] outputs = loaded.output().of(logits).values();
      assertThat(outputs[0]).isCloseTo(1f / 3, within(1e-6f));
      double sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
      assertThat((double) outputs[5]).isCloseTo(Math.exp(3) / sum, within(1e-6));
    }
  }

  @Test
  void tagsAreASet() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          return serving().withInput("x", x).withOutput("y", tf.nn.relu(x));
        });
    FunctionWrapper.edit(
        model(),
        meta -> {
          meta.getMetaInfoDefBuilder().clearTags().addTags("train").addTags("serve");
          return meta;
        });
    load().close();
    load(LoadOptions.withDefaults().withTags(Set.of("serve", "train"))).close();
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTags(Set.of("gpu"))))
        .hasMessageContaining("(--tags)");
  }

  @Test
  void anOutputThatCanNotBeDifferentiatedIsRefused() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 3);
          return serving().withInput("x", x).withOutput("class", tf.math.argMax(x, tf.constant(1)));
        });
    assertThatThrownBy(this::load)
        .isInstanceOf(SavedModelException.class)
        .hasMessageContaining("the output class (Cast) can't be differentiated")
        .hasMessageContaining("--output");
  }

  /** Its tensor has another name, which the user never gave. */
  @Test
  void anOutputIsCalledAsInTheSignature() throws Exception {
    export(
        tf ->
            serving()
                .withInput("x", input(tf, "x", TFloat32.class, -1, 3))
                .withOutput("answer", tf.withName("Identity_1").constant(new float[] {42})));
    assertThatThrownBy(this::load)
        .hasMessageContaining("the output answer does not depend on the input x");
  }

  @Test
  void aPathHoldsWhatIsFixedBesideEachOfItsPoints() throws Exception {
    export(CutModelsTest::tokens);
    try (LoadedModel loaded = load()) {
      Examples examples = loaded.examples(numbers(new double[] {1, 2, 0, 3, 3, 3}, 2, 3));
      ForwardPass pass = ForwardPass.ofInference(loaded);
      Ops tf = loaded.session().ops();
      // All first points, then all second ones: halves, then the inputs themselves.
      var points =
          tf.concat(
              List.of(tf.math.mul(pass.inputs(), tf.constant(0.5f)), tf.identity(pass.inputs())),
              tf.constant(0));
      var along = pass.logitsAlongPath(points);
      var feeds = examples.fixed().addTo(Feeds.of(pass.inputs(), examples.explained()), 0, 1);
      assertThat(loaded.session().run(feeds, along).values()).containsExactly(1, -0.5f, 2, -1);
    }
  }

  @Test
  void aTensorOfOtherRowsThanItsExamplesIsRefused() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 4);
          var halves = tf.withName("halves").reshape(x, tf.constant(new int[] {-1, 2}));
          var first = tf.reshape(tf.nn.relu(halves), tf.constant(new int[] {-1, 4}));
          return serving().withInput("x", x).withOutput("y", tf.reduceSum(first, tf.constant(1)));
        });
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTensors(List.of("halves"))))
        .hasMessageContaining("tensor halves must be of shape [batch, ...] to be explained")
        .hasMessageContaining("found [2, 2] for a batch of 1: ")
        .hasMessageContaining("does not have one row for each row")
        .hasMessageEndingWith("; name another (--at)");
  }

  /** The axis of steps is as long as one batch may be. */
  @Test
  void aTensorWhoseRowsAreNoExamplesIsRefused() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 1);
          var steps = tf.withName("steps").linalg.transpose(x, tf.constant(new int[] {1, 0}));
          return serving().withInput("x", x).withOutput("y", tf.reduceSum(steps, tf.constant(0)));
        });
    assertThatThrownBy(() -> load(LoadOptions.withDefaults().withTensors(List.of("steps"))))
        .hasMessageContaining("found [1, 2] for a batch of 2: ")
        .hasMessageEndingWith("; name another (--at)");
  }

  /** How many rows there are is known only when they are computed. */
  @Test
  void aTensorThatLosesRowsIsRefusedWhenItIsComputed() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          var sums = tf.reduceSum(x, tf.constant(1));
          var kept = tf.where(tf.math.lessEqual(sums, tf.constant(1f)));
          var rows = tf.withName("kept").gatherNd(x, kept);
          return serving().withInput("x", x).withOutput("y", tf.reduceSum(rows, tf.constant(1)));
        });
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withTensors(List.of("kept")))) {
      assertThatThrownBy(() -> loaded.examples(numbers(new double[] {1, 0, 2, 3}, 2, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the size of the tensor kept follows what is given")
          .hasMessageContaining("[1, 2] here, [2, 2] for blank rows; no tensor behind it");
    }
  }

  /**
   * Rows of two numbers, with as many columns behind them as the largest number of a batch says.
   */
  private static SignatureSpec widened(Ops tf, boolean filled) {
    var x = input(tf, "x", TFloat32.class, -1, 2);
    var largest = tf.dtypes.cast(tf.reduceMax(x, tf.array(0, 1)), TInt32.class);
    Operand<TFloat32> wide =
        filled
            ? tf.pad(
                x,
                tf.reshape(
                    tf.stack(List.of(zero(tf), zero(tf), zero(tf), largest)), tf.array(2, 2)),
                tf.constant(0f))
            : tf.tile(x, tf.stack(List.of(tf.constant(1), tf.math.add(largest, tf.constant(1)))));
    var named = tf.withName("wide").nn.relu(wide);
    var mean = tf.withName("mean").math.mean(named, tf.constant(1));
    return serving().withInput("x", x).withOutput("y", tf.math.mul(mean, tf.constant(1f)));
  }

  private static Operand<TInt32> zero(Ops tf) {
    return tf.constant(0);
  }

  /** As a text model does that fills up to the longest text of a batch. */
  @Test
  void predictionsNeedNoTensorOfOneSize() throws Exception {
    InputValues values = numbers(new double[] {1, 2, 3, 0}, 2, 2);
    export(tf -> widened(tf, false));
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withTensors(List.of("wide")))) {
      assertThat(loaded.logits(Map.of("x", values)).values()).containsExactly(1.5f, 1.5f);
      assertThat(loaded.mixing(Map.of("x", values))).isEmpty();
      assertThatThrownBy(() -> loaded.examples(values))
          .hasMessageContaining("the size of the tensor wide follows what is given")
          .hasMessageContaining("[2, 8] here, [2, 2] for blank rows")
          .hasMessageEndingWith(
              "explain a tensor behind it that is of one size for all: --at mean");
      assertThatThrownBy(() -> loaded.logits(Map.of("x", numbers(new double[3], 1, 3))))
          .hasMessageContaining("input 'x' must be of shape [rows, ...]");
    }
  }

  @Test
  void predictionsThatDependOnOtherRowsAreFound() throws Exception {
    InputValues values = numbers(new double[] {1, 2, 3, 0}, 2, 2);
    export(tf -> widened(tf, true));
    try (LoadedModel loaded = load(LoadOptions.withDefaults().withTensors(List.of("wide")))) {
      assertThat(loaded.logits(Map.of("x", values)).values()).containsExactly(.6f, .6f);
      assertThat(loaded.mixing(Map.of("x", values)).orElseThrow())
          .contains("output 0 of a row is 0.6")
          .contains("0.75");
      assertThatThrownBy(() -> loaded.examples(values))
          .hasMessageContaining("mean (--at), is of one size, but differs with the rows beside");
    }
  }

  @Test
  void aSignIsExplainedWhereItsNumberIsNot() throws Exception {
    export(
        tf -> {
          var a = input(tf, "a", TFloat32.class, -1);
          var b = input(tf, "b", TFloat32.class, -1);
          // |a| + 3 sign(b)
          var magnitude = tf.math.mul(a, tf.math.sign(a));
          var sign = tf.withName("sign").math.sign(b);
          return serving()
              .withInput("a", a)
              .withInput("b", b)
              .withOutput("y", tf.math.add(magnitude, tf.math.mul(sign, tf.constant(3f))));
        });
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded)).containsEntry("a", Role.EXPLAINED).containsEntry("b", Role.SOURCE);
      assertThat(loaded.parts().stream().map(ExplainedPart::tensor)).containsExactly("a", "sign");
      assertThat(loaded.parts().get(1).why()).isEqualTo("Sign has no slope");
      Examples examples =
          loaded.examples(
              Map.of("a", numbers(new double[] {-2}, 1), "b", numbers(new double[] {-7}, 1)));
      assertThat(examples.explained().values()).containsExactly(-2, -1);
      assertThat(loaded.logits(examples).values()).containsExactly(-1);
    }
  }

  /** That another tensor of the same input is explained says nothing of the sign's number. */
  @Test
  void aSignOfAnotherNumberOfAnExplainedInputIsExplained() throws Exception {
    export(
        tf -> {
          var ids = input(tf, "ids", TInt64.class, -1, 2);
          var embedded = tf.gather(tf.constant(TABLE), ids, tf.constant(0));
          var number = tf.math.sub(tf.dtypes.cast(ids, TFloat32.class), tf.constant(1f));
          var sign = tf.withName("sign").math.sign(number);
          var sum = tf.reduceSum(embedded, tf.constant(new int[] {1, 2}));
          return serving()
              .withInput("ids", ids)
              .withOutput("y", tf.math.add(sum, tf.reduceSum(sign, tf.constant(1))));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.parts().stream().map(ExplainedPart::tensor)).hasSize(2).contains("sign");
      assertThat(loaded.hasFixedInputs()).isFalse();
    }
  }

  /** The embedding is explained, and its shape is that of the input. */
  @Test
  void aSignOfAnExplainedNumberIsNotExplainedForAShape() throws Exception {
    export(
        tf -> {
          var ids = input(tf, "ids", TInt64.class, -1, 2);
          var embedded = tf.gather(tf.constant(TABLE), ids, tf.constant(0));
          var sums = tf.reshape(tf.reduceSum(embedded, tf.constant(2)), tf.shape(ids));
          var magnitudes = tf.math.mul(sums, tf.withName("sign").math.sign(sums));
          return serving()
              .withInput("ids", ids)
              .withOutput("y", tf.reduceSum(magnitudes, tf.constant(1)));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.parts().stream().map(ExplainedPart::tensor))
          .hasSize(1)
          .doesNotContain("sign");
    }
  }

  @Test
  void aNumberBesideRowsMakesAModelOfOneExampleAtATime() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          var scale = input(tf, "scale", TFloat32.class);
          return serving()
              .withInput("x", x)
              .withInput("scale", scale)
              .withOutput("y", tf.math.mul(tf.nn.relu(x), scale));
        });
    try (LoadedModel loaded = load()) {
      assertThat(loaded.model().fixedBatch()).hasValue(1);
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(3));
      Examples examples =
          loaded.examples(
              Map.of(
                  "x", numbers(new double[] {1, 2, -3, 4}, 2, 2),
                  "scale", numbers(new double[] {10, 100}, 2)));
      assertThat(examples.explained().values()).containsExactly(10, 1, 2, 100, -3, 4);
      assertThat(loaded.logits(examples).values()).containsExactly(10, 20, 0, 400);
    }
  }

  @Test
  void rowsBesideANumberThatIsHeldFixedAreExplainedAsTheyAre() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          var times = input(tf, "times", TInt32.class);
          var repeated = tf.tile(x, tf.stack(List.of(tf.constant(1), times)));
          return serving()
              .withInput("x", x)
              .withInput("times", times)
              .withOutput("y", tf.reduceSum(repeated, tf.constant(1)));
        });
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded)).containsEntry("times", Role.FIXED);
      assertThat(loaded.model().inputShape()).isEqualTo(ImmutableIntArray.of(2));
      Examples examples =
          loaded.examples(
              Map.of(
                  "x", numbers(new double[] {1, 2, 3, 4}, 2, 2),
                  "times", numbers(new double[] {1, 3}, 2)));
      assertThat(loaded.logits(examples).values()).containsExactly(3, 21);
    }
  }

  /** The integer beside it would be the same number. */
  @Test
  void integersThatMayHaveBeenRoundedAreRefused() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TInt64.class, -1);
          var y = tf.dtypes.cast(tf.math.mod(x, tf.constant(10L)), TFloat32.class);
          return serving().withInput("x", x).withOutput("y", tf.math.mul(y, tf.constant(2f)));
        });
    try (LoadedModel loaded = load()) {
      Examples examples = loaded.examples(numbers(new double[] {(1L << 53) - 1, 16_777_217}, 2));
      // 9,007,199,254,740,991 and 16,777,217
      assertThat(loaded.logits(examples).values()).containsExactly(2, 14);
      assertThatThrownBy(() -> loaded.examples(numbers(new double[] {3, -0x1p53}, 2)))
          .hasMessage(
              "row 2: input 'x' must be of integers that are exact, below 2^53, found"
                  + " -9007199254740992");
      FloatArray floats = FloatArray.of(new float[] {16_777_215, 16_777_217}, 2);
      assertThatThrownBy(() -> loaded.examples(InputValues.of(floats)))
          .hasMessage(
              "row 2: input 'x' must be of integers that are exact, below 2^24 as floats of 32 bits,"
                  + " found 16777216; give them in a table, or as doubles");
    }
  }

  @Test
  void rowsThatKnowEachOtherBesideFixedInputsAreSaid() throws Exception {
    export(
        tf -> {
          var x = input(tf, "x", TFloat32.class, -1, 2);
          var on = input(tf, "on", TBool.class, -1);
          var centred = tf.math.sub(x, tf.math.mean(x, tf.constant(0)));
          var kept = tf.expandDims(tf.dtypes.cast(on, TFloat32.class), tf.constant(1));
          return serving()
              .withInput("x", x)
              .withInput("on", on)
              .withOutput("y", tf.math.mul(centred, kept));
        });
    try (LoadedModel loaded = load()) {
      assertThat(roles(loaded)).containsEntry("on", Role.FIXED);
      assertThat(loaded.notes()).anySatisfy(note -> assertThat(note).contains("know each other"));
    }
  }

  /** The class with the highest score; its name; whether the first is above a half. */
  private static SignatureSpec decided(Ops tf, String output) {
    var x = input(tf, "x", TFloat32.class, -1, 2);
    var logits =
        tf.withName("dense").linalg.matMul(x, tf.constant(new float[][] {{1, 2}, {-3, 1}}));
    var scores = tf.withName("scores").nn.softmax(logits);
    var best = tf.withName("best").math.argMax(scores, tf.constant(1));
    var over = tf.math.greater(scores, tf.constant(0.5f));
    return serving()
        .withInput("x", x)
        .withOutput(
            "class",
            switch (output) {
              case "class" -> best;
              case "name" -> tf.gather(tf.array("a", "b"), best, tf.constant(0));
              default -> tf.dtypes.cast(over, TInt64.class);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"class", "name", "flag"})
  void anOutputThatIsDecidedNamesTheNumbersBefore(String output) throws Exception {
    export(tf -> decided(tf, output));
    LoadOptions options = LoadOptions.withDefaults();
    assertThatThrownBy(() -> load(options))
        .isInstanceOf(SavedModelException.class)
        .hasMessageMatching(".*decided by: --output scores");
    try (LoadedModel loaded = load(options.withOutput("scores"))) {
      assertThat(loaded.output().name()).isEqualTo("scores");
      Examples examples = loaded.examples(numbers(new double[] {1, 2}, 1, 2));
      assertThat(loaded.logits(examples).values()).containsExactly(-5, 4);
      assertThat(Homogeneity.of(loaded).orElseThrow().degree()).isEqualTo(1);
    }
    assertThatThrownBy(() -> load(options.withOutput("score")))
        .hasMessageContaining("has no output 'score'; it has [class], choose one (--output)");
  }
}
