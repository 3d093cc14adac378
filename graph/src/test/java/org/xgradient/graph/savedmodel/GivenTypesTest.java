package org.xgradient.graph.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.graph.runtime.SessionOptions;

/** Models whose inputs are of few bits, or are parsed inside. */
class GivenTypesTest {

  @TempDir Path folder;

  private LoadedModel exported(Function<Ops, SignatureSpec> build) throws Exception {
    Path model = folder.resolve("model");
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      SavedModels.write(model, session, List.of(build.apply(session.ops())));
    }
    return SavedModels.load(
        model, LoadOptions.withDefaults().withSession(SessionOptions.singleThreaded()));
  }

  private static SignatureSpec serving() {
    return SignatureSpec.of(SignatureSpec.SERVING);
  }

  private static float[] gradient(LoadedModel loaded, Examples examples, int... rows) {
    ForwardPass pass = ForwardPass.ofInference(loaded);
    var gradient = Gradients.of(loaded.session().ops(), pass.logits(), pass.inputs());
    Feeds feeds = examples.fixed().addTo(Feeds.of(pass.inputs(), examples.explained()), rows);
    return loaded.session().run(feeds, gradient).values();
  }

  private static <T extends TNumber> SignatureSpec narrow(Ops tf, Class<T> type) {
    var x = tf.withName("x").placeholder(type, Placeholder.shape(Shape.of(-1, 2)));
    var weights = tf.dtypes.cast(tf.constant(new float[][] {{1, -2}, {0.5f, 4}}), type);
    var hidden = tf.nn.relu(tf.linalg.matMul(x, weights));
    var logits =
        tf.linalg.matMul(
            tf.dtypes.cast(hidden, TFloat32.class), tf.constant(new float[][] {{3}, {1}}));
    return serving().withInput("x", x).withOutput("logits", logits);
  }

  /** All values have at most three significant bits, so that nothing is rounded. */
  @ParameterizedTest
  @ValueSource(classes = {TFloat16.class, TBfloat16.class})
  void floatsOf16BitsAreCastAtTheBorder(Class<? extends TNumber> type) throws Exception {
    try (LoadedModel loaded = exported(tf -> narrow(tf, type))) {
      Examples examples = loaded.examples(InputValues.of(new double[] {2, 1, -1, 0.5}, 2, 2));
      assertThat(examples.explained().values()).containsExactly(2, 1, -1, 0.5f);
      // (2.5, 0) and (0, 4) behind the ReLU
      assertThat(loaded.logits(examples).values()).containsExactly(7.5f, 4);
      assertThat(gradient(loaded, examples, 0, 1)).containsExactly(3, 1.5f, -2, 4);
      assertThat(Homogeneity.of(loaded).orElseThrow().degree()).isEqualTo(1);
      assertThat(RowIndependence.of(loaded)).isInstanceOf(RowIndependence.Proven.class);
    }
  }

  /** As tf.estimator and TensorFlow Serving's classifiers export: examples as bytes. */
  private static SignatureSpec parsed(Ops tf) {
    return parsed(tf, Shape.of(-1));
  }

  private static SignatureSpec parsed(Ops tf, Shape shape) {
    var bytes = tf.withName("examples").placeholder(TString.class, Placeholder.shape(shape));
    var parsed =
        tf.io.parseExample(
            bytes,
            none(tf),
            none(tf),
            tf.array("count", "x"),
            none(tf),
            List.of(tf.constant(new long[0]), tf.constant(new float[] {1, 1, 1})),
            0L,
            List.of(),
            List.of(),
            List.of(),
            List.of(Shape.of(1), Shape.of(3)));
    Output<TInt64> count = parsed.denseValues().get(0).asOutput().expect(TInt64.class);
    Output<TFloat32> x = parsed.denseValues().get(1).asOutput().expect(TFloat32.class);
    var linear = tf.linalg.matMul(x, tf.constant(new float[][] {{1}, {-1}, {2}}));
    var logits =
        tf.math.add(
            tf.math.square(linear),
            tf.math.mul(tf.dtypes.cast(count, TFloat32.class), tf.constant(10f)));
    return serving().withInput("examples", bytes).withOutput("logits", logits);
  }

  private static Operand<TString> none(Ops tf) {
    return tf.fill(tf.constant(new long[] {0}), tf.constant(""));
  }

  private static byte[] example(long count, float... x) {
    Example.Builder example = Example.newBuilder();
    example
        .getFeaturesBuilder()
        .putFeature(
            "count",
            Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(count)).build());
    if (x.length > 0) {
      example
          .getFeaturesBuilder()
          .putFeature(
              "x",
              Feature.newBuilder()
                  .setFloatList(FloatList.newBuilder().addAllValue(Floats.asList(x)))
                  .build());
    }
    return example.build().toByteArray();
  }

  @Test
  void examplesThatAreParsedAreExplainedBehind() throws Exception {
    try (LoadedModel loaded = exported(GivenTypesTest::parsed)) {
      assertThat(loaded.parts().stream().map(ExplainedPart::shape))
          .containsExactlyInAnyOrder(ImmutableIntArray.of(1), ImmutableIntArray.of(3));
      assertThat(loaded.parts().stream().map(ExplainedPart::inputs))
          .containsOnly(ImmutableList.of("examples"));
      assertThat(loaded.parts().stream().map(ExplainedPart::why))
          .anySatisfy(why -> assertThat(why).contains("there is no gradient through ParseExample"));
      // The second has no x, for which the model has a default.
      Examples examples =
          loaded.examples(InputValues.ofBytes(List.of(example(2, 1, -1, 0.5f), example(3)), 2));
      assertThat(loaded.logits(examples).values()).containsExactly(9 + 20, 4 + 30);
      int place =
          loaded.parts().stream()
              .filter(part -> part.shape().equals(ImmutableIntArray.of(3)))
              .findFirst()
              .orElseThrow()
              .from();
      float[] gradient = gradient(loaded, examples, 0, 1);
      // 2 (x w) w
      assertThat(Arrays.copyOfRange(gradient, place, place + 3)).containsExactly(6, -6, 12);
      assertThat(Arrays.copyOfRange(gradient, 4 + place, 7 + place)).containsExactly(4, -4, 8);
    }
  }

  /** A parser takes one text an example, so that nobody need be asked for its shape. */
  @Test
  void examplesOfWhichTheSignatureSaysNoShapeAreTaken() throws Exception {
    try (LoadedModel loaded = exported(tf -> parsed(tf, Shape.unknown()))) {
      assertThat(loaded.inputs().get(0).shape()).isEqualTo(ImmutableIntArray.of());
      Examples examples =
          loaded.examples(InputValues.ofBytes(List.of(example(2, 1, -1, 0.5f), example(3)), 2));
      assertThat(loaded.logits(examples).values()).containsExactly(9 + 20, 4 + 30);
    }
  }

  @Test
  void theShapeOfEachInputIsAskedForByAnOptionThatNamesIt() {
    assertThatThrownBy(
            () ->
                exported(
                    tf -> {
                      var words =
                          tf.withName("words")
                              .placeholder(TString.class, Placeholder.shape(Shape.unknown()));
                      var x =
                          tf.withName("x")
                              .placeholder(TFloat32.class, Placeholder.shape(Shape.unknown()));
                      var lengths = tf.dtypes.cast(tf.strings.stringLength(words), TFloat32.class);
                      return serving()
                          .withInput("words", words)
                          .withInput("x", x)
                          .withOutput("y", tf.math.mul(x, lengths));
                    }))
        .isInstanceOf(SavedModelException.class)
        .hasMessageEndingWith(
            "input 'words' is of unknown shape; give the shape of one example (--input-shape"
                + " words=number for one text, words=5 for five)");
  }

  @Test
  void whatTensorFlowDoesNotComputeHereIsSaidWithoutItsOwnWords() {
    assertThatThrownBy(
            () ->
                exported(
                    tf -> {
                      var x =
                          tf.withName("x")
                              .placeholder(
                                  TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 1, 4)));
                      var narrow = tf.dtypes.cast(x, TBfloat16.class);
                      var normalised = tf.withName("norm").nn.localResponseNormalization(narrow);
                      return serving()
                          .withInput("x", x)
                          .withOutput("y", tf.dtypes.cast(normalised, TFloat32.class));
                    }))
        .isInstanceOf(SavedModelException.class)
        .hasMessageEndingWith(
            "can't be used: TensorFlow computes norm (LRN) not here, on a CPU, or not for numbers"
                + " of its type; export the model without it, or in float32");
  }

  @Test
  void whatIsNoExampleIsRefused() throws Exception {
    try (LoadedModel loaded = exported(GivenTypesTest::parsed)) {
      assertThatThrownBy(() -> loaded.examples(InputValues.of(List.of("not an example"), 1)))
          .hasMessageContaining("Could not parse example input");
    }
  }
}
