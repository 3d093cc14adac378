package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.VersionDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.affine.AffineStart;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;

/**
 * Integrated Gradients does what a model does first once for all points of a path; pairs of a
 * reference and a place go through all layers, and are the same sum.
 */
class AffineStartsTest {

  private static final int POINTS = 12;
  private static final float START = 0.3f;

  private static Stream<Network> networks() {
    return Stream.of(
        new Network(
            "dense",
            ImmutableIntArray.of(70),
            Sequential.of(Dense.of(7), Activation.TANH, Dense.of(3))),
        new Network(
            "image",
            ImmutableIntArray.of(6, 6, 8),
            Sequential.of(
                Conv2d.of(4, Window.of(3).withStride(2).withPadding(1)),
                Activation.RELU,
                Pool2d.max(Window.of(2)),
                new Flatten(),
                Dense.of(3))),
        new Network(
            "sequence",
            ImmutableIntArray.of(6, 24),
            Sequential.of(Conv1d.of(4, 3), Activation.RELU, new Flatten(), Dense.of(3))),
        new Network(
            "wide",
            ImmutableIntArray.of(70),
            Sequential.of(Dense.of(150), Activation.TANH, Dense.of(3))),
        new Network(
            "residual",
            ImmutableIntArray.of(70),
            Sequential.of(
                new Residual(
                    Sequential.of(Dense.of(7), Activation.TANH, Dense.of(4)),
                    Sequential.of(Dense.of(4))),
                Activation.RELU,
                Dense.of(3))),
        new Network(
            "branches",
            ImmutableIntArray.of(70),
            Sequential.of(
                Concatenation.of(
                    Sequential.of(Dense.of(5), Activation.TANH),
                    Sequential.of(Dense.of(4), Activation.RELU),
                    Sequential.of(Dense.of(3), Activation.SIGMOID)),
                Dense.of(3))),
        new Network(
            "nothing", ImmutableIntArray.of(5), Sequential.of(Activation.TANH, Dense.of(3))));
  }

  private static IntegratedGradients once() {
    return new IntegratedGradients(
        Baseline.constant(START), Quadrature.of(Quadrature.Rule.MIDPOINT, POINTS));
  }

  private static GivenExpectedGradients each(ImmutableIntArray example) {
    return each(POINTS, example);
  }

  private static GivenExpectedGradients each(int points, ImmutableIntArray example) {
    float[] places = new float[points];
    for (int i = 0; i < points; i++) {
      places[i] = (i + 0.5f) / points;
    }
    return new GivenExpectedGradients(references(points, example), FloatArray.of(places, points));
  }

  private static FloatArray references(int rows, ImmutableIntArray example) {
    int[] shape = ImmutableIntArray.builder().add(rows).addAll(example).build().toArray();
    FloatArray references = FloatArray.zeros(shape);
    Arrays.fill(references.values(), START);
    return references;
  }

  private static FloatArray rows(ImmutableIntArray example) {
    int size = Shapes.size(example);
    int[] shape = ImmutableIntArray.builder().add(4).addAll(example).build().toArray();
    return FloatArray.of(TestNets.rows(4, size, 8).values(), shape);
  }

  private static void with(Network network, Function<NetworkModel, Runnable> check) {
    try (GraphSession session = GraphSession.open()) {
      check.apply(network.build(session, 3)).run();
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theSumIsThatOverAllLayers(Network network) {
    with(
        network,
        model ->
            () -> {
              FloatArray rows = rows(model.inputShape());
              var options =
                  AttributorOptions.withDefaults()
                      .withTarget(Target.index(1))
                      .withMemoryBudget(20_000);
              float[] expected = values(model, each(model.inputShape()), rows, options);
              // In chunks of a few points, and in one.
              assertThat(values(model, once(), rows, options))
                  .containsExactly(expected, within(rounding(expected)));
              assertThat(values(model, once(), rows, options.withMemoryBudget(1L << 30)))
                  .containsExactly(expected, within(rounding(expected)));
            });
  }

  /** Of sums of some tens of terms of the size of the largest value, in another order. */
  private static float rounding(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 32 * largest * 0x1p-23f;
  }

  private static float[] values(
      BoundModel model, AttributionMethod method, FloatArray rows, AttributorOptions options) {
    return Attributor.of(model, method, options).attribute(rows).values().values();
  }

  /** As a prior asks: the gradient of a function of the attributions. */
  @ParameterizedTest
  @MethodSource("networks")
  void theGradientForTheParametersIsThatOverAllLayers(Network network) {
    with(
        network,
        model ->
            () -> {
              List<FloatArray> expected = gradients(model, each(model.inputShape()));
              List<FloatArray> actual = gradients(model, once());
              for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i).values())
                    .as(model.parameters().get(i).name())
                    .containsExactly(
                        expected.get(i).values(), within(rounding(expected.get(i).values())));
              }
            });
  }

  private static List<FloatArray> gradients(NetworkModel model, AttributionMethod method) {
    var tf = model.ops();
    FloatArray rows = rows(model.inputShape());
    var inputs = tf.reshape(tf.constant(rows.values()), tf.constant(rows.shape().toArray()));
    ForwardPass pass = model.forward(inputs);
    var attributions = method.attribute(pass, Target.index(1));
    var loss = tf.math.square(attributions);
    List<Operand<TFloat32>> weights =
        model.parameters().stream()
            .filter(parameter -> parameter.role() == Parameter.Role.WEIGHT)
            .map(Parameter::value)
            .toList();
    return model.session().run(Feeds.none(), Gradients.of(tf, loss, weights), List.of());
  }

  /** Of few references: the first layers once for each of them and each example. */
  @ParameterizedTest
  @MethodSource("networks")
  void theSumsOverReferencesAreThoseOverAllLayers(Network network) {
    with(
        network,
        model ->
            () -> {
              FloatArray rows = rows(model.inputShape());
              FloatArray references = rows.gather(3, 0);
              Quadrature rule = Quadrature.of(Quadrature.Rule.MIDPOINT, POINTS);
              int[] pairs = new int[2 * POINTS];
              float[] places = new float[2 * POINTS];
              for (int i = 0; i < pairs.length; i++) {
                pairs[i] = i / POINTS;
                places[i] = (i % POINTS + 0.5f) / POINTS;
              }
              var each =
                  new GivenExpectedGradients(
                      references.gather(pairs), FloatArray.of(places, places.length));
              var once = new ConvergedExpectedGradients(references, rule);
              var options =
                  AttributorOptions.withDefaults()
                      .withTarget(Target.index(1))
                      .withMemoryBudget(20_000);
              float[] expected = values(model, each, rows, options);
              assertThat(values(model, once, rows, options))
                  .containsExactly(expected, within(rounding(expected)));
              assertThat(values(model, once, rows, options.withMemoryBudget(1L << 30)))
                  .containsExactly(expected, within(rounding(expected)));
            });
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theAdaptiveSumIsThatOverAllLayers(Network network) {
    with(
        network,
        model ->
            () -> {
              FloatArray rows = rows(model.inputShape());
              var options = AttributorOptions.withDefaults().withTarget(Target.index(1));
              // Eight equal intervals, whose midpoints are those of the rule.
              var adaptive = new AdaptiveIntegratedGradients(Baseline.constant(START), 1e3, 8);
              var fixed =
                  new IntegratedGradients(
                      Baseline.constant(START), Quadrature.of(Quadrature.Rule.MIDPOINT, 8));
              float[] expected = values(model, fixed, rows, options);
              for (AttributorOptions each :
                  List.of(options, options.withWholeBatches(), options.withMaxBatch(3))) {
                assertThat(values(model, adaptive, rows, each))
                    .containsExactly(expected, within(rounding(expected)));
              }
            });
  }

  /** What the others of these tests are about is there. */
  @ParameterizedTest
  @MethodSource("networks")
  void allButOneHaveAnAffineStart(Network network) {
    with(
        network,
        model ->
            () -> {
              ForwardPass pass = ForwardPass.ofInference(model);
              assertThat(AffineStart.find(pass.inputs(), pass.logits()).isPresent())
                  .isEqualTo(!network.name().equals("nothing"));
            });
  }

  /** Exported graphs tell an old version or none, by which a scalar that is fed has no shape. */
  @Test
  void theStartIsFoundInAGraphOfAnOldVersion() {
    try (GraphSession session = GraphSession.open()) {
      VersionDef old = VersionDef.newBuilder().setProducer(20).build();
      Graph graph = (Graph) session.ops().scope().env();
      graph.importGraphDef(GraphDef.newBuilder().setVersions(old).build());
      int features = 70;
      var dense =
          new Network(
              "dense",
              ImmutableIntArray.of(features),
              Sequential.of(Dense.of(7), Activation.TANH, Dense.of(3)));
      NetworkModel model = dense.build(session, 3);
      ForwardPass pass = ForwardPass.ofInference(model);
      var chunk = PointChunk.fed(session.ops());
      assertThat(chunk.count().shape().isUnknown()).isTrue();
      var sum = once().contribution(pass, Target.index(1).coefficients(pass), chunk);
      List<GraphOperation> atEachPoint = new ArrayList<>();
      graph
          .operations()
          .forEachRemaining(
              operation -> {
                if (operation.type().equals("MatMul")
                    && operation.input(0).op().type().equals("Reshape")
                    && operation.input(0).shape().tail().size() == features) {
                  atEachPoint.add(operation);
                }
              });
      // It is added to look for the start, and not computed.
      assertThat(atEachPoint)
          .hasSize(1)
          .noneMatch(product -> Gradients.depends(sum, product.output(0)));
    }
  }

  /** A dense layer whose values go different ways, of which some have no slope. */
  private record Ways(
      Ops ops, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> behind, int outputs)
      implements Model {

    private static final int FEATURES = 200;

    @Override
    public ImmutableIntArray inputShape() {
      return ImmutableIntArray.of(FEATURES);
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      float[] weights = TestNets.rows(FEATURES, outputs, 5).values();
      var matrix = ops.reshape(ops.constant(weights), ops.constant(new int[] {FEATURES, outputs}));
      return behind.apply(ops, ops.linalg.matMul(inputs, matrix));
    }
  }

  private static Stream<Named<BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>>>> ways() {
    return Stream.of(
        Named.of(
            "a condition",
            (tf, h) ->
                tf.select(
                    tf.math.greater(h, tf.constant(0f)),
                    tf.math.mul(h, tf.constant(2f)),
                    tf.math.mul(h, tf.constant(0.1f)))),
        Named.of(
            "a stopped gradient",
            (tf, h) ->
                tf.math.mul(tf.stopGradient(tf.math.mul(h, tf.constant(2f))), tf.math.tanh(h))));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatOnlyDecidesHasNoSlope(BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> behind) {
    try (GraphSession session = GraphSession.open()) {
      Model model = new Ways(session.ops(), behind, 2);
      ForwardPass pass = ForwardPass.ofInference(BoundModel.of(session, model));
      assertThat(AffineStart.find(pass.inputs(), pass.logits())).isPresent();
      theMethodsAgree(BoundModel.of(session, model), Baseline.constant(START));
    }
  }

  /** What a user's baseline is made by may leave its shape open. */
  @ParameterizedTest
  @MethodSource("networks")
  void aBaselineOfUnknownShapeIsTaken(Network network) {
    Baseline unknown =
        (tf, inputs) -> {
          var start = tf.fill(tf.shape(inputs), tf.constant(START));
          return tf.reshape(
              start, tf.placeholderWithDefault(tf.shape(inputs), Shape.of(Shape.UNKNOWN_SIZE)));
        };
    with(network, model -> () -> theMethodsAgree(model, unknown));
  }

  /** One row for all inputs. */
  @ParameterizedTest
  @MethodSource("networks")
  void aBaselineOfOneRowIsTaken(Network network) {
    with(
        network,
        model ->
            () -> {
              int[] one =
                  ImmutableIntArray.builder().add(1).addAll(model.inputShape()).build().toArray();
              theMethodsAgree(model, (tf, inputs) -> tf.fill(tf.constant(one), tf.constant(START)));
            });
  }

  /** Those that share the start, with pairs of a reference and a place that don't. */
  private static void theMethodsAgree(BoundModel model, Baseline baseline) {
    ImmutableIntArray example = model.model().inputShape();
    FloatArray rows = rows(example);
    var options = AttributorOptions.withDefaults().withTarget(Target.index(1));
    Quadrature rule = Quadrature.of(Quadrature.Rule.MIDPOINT, 8);
    float[] expected = values(model, each(8, example), rows, options);
    for (AttributionMethod method :
        List.of(
            new IntegratedGradients(baseline, rule),
            // Eight equal intervals, whose midpoints are those of the rule.
            new AdaptiveIntegratedGradients(baseline, 1e3, 8),
            new ConvergedExpectedGradients(references(1, example), rule))) {
      assertThat(values(model, method, rows, options))
          .as(method.getClass().getSimpleName())
          .containsExactly(expected, within(rounding(expected)));
    }
  }
}
