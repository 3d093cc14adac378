package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.affine.AffineStart;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.Pool2d;
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
            "nothing", ImmutableIntArray.of(5), Sequential.of(Activation.TANH, Dense.of(3))));
  }

  private static IntegratedGradients once() {
    return new IntegratedGradients(
        Baseline.constant(START), Quadrature.of(Quadrature.Rule.MIDPOINT, POINTS));
  }

  private static GivenExpectedGradients each(ImmutableIntArray example) {
    int[] shape = ImmutableIntArray.builder().add(POINTS).addAll(example).build().toArray();
    FloatArray references = FloatArray.zeros(shape);
    Arrays.fill(references.values(), START);
    float[] places = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      places[i] = (i + 0.5f) / POINTS;
    }
    return new GivenExpectedGradients(references, FloatArray.of(places, POINTS));
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
      NetworkModel model, AttributionMethod method, FloatArray rows, AttributorOptions options) {
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
}
