package org.xgradient.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.testing.GradientCheck;

class PriorsTest {

  private static final int BATCH = 3;

  /** Sums of a few dozen floats of the order of 1, in another order. */
  private static final double ROUNDING = 1e-5;

  static Collection<String> names() {
    return PriorCases.ALL.keySet();
  }

  /** A new prior must have a case, and so a check of its values and its gradients. */
  @Test
  void everyPriorHasACase() {
    Set<String> factories =
        Arrays.stream(Priors.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(PriorCases.ALL.keySet()).isEqualTo(factories);
  }

  @ParameterizedTest
  @MethodSource("names")
  void equalsItsFormula(String name) {
    PriorCases.Case prior = prior(name);
    for (long seed = 0; seed < 5; seed++) {
      FloatArray attributions = random(prior, seed);
      assertThat(penalty(prior.prior(), attributions))
          .isCloseTo(prior.plain().applyAsDouble(attributions), within(ROUNDING));
    }
  }

  /**
   * The gradient of the prior, with respect to the parameters, through the attribution: the second
   * derivatives of the network.
   */
  @ParameterizedTest
  @MethodSource("names")
  void hasTheRightGradientThroughAnAttribution(String name) {
    PriorCases.Case prior = prior(name);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = prior.network().build(session, 0);
      Ops tf = session.ops();
      Shape batch = Shape.of(BATCH, model.inputShape().get(0));
      var inputs = tf.placeholder(TFloat32.class, Placeholder.shape(batch));
      var attributions = new InputXGradient().attribute(model.forward(inputs), Target.predicted());
      var shaped = tf.reshape(attributions, tf.constant(shape(prior).toArray()));
      var penalty = prior.prior().penalty(tf, shaped);

      List<Operand<TFloat32>> operands =
          new ArrayList<>(model.parameters().stream().map(Parameter::value).toList());
      operands.add(inputs);
      var gradients = Gradients.of(tf, penalty, operands);
      ImmutableMap.Builder<Operand<TFloat32>, Operand<TFloat32>> checked = ImmutableMap.builder();
      for (int i = 0; i < operands.size(); i++) {
        checked.put(operands.get(i), gradients.get(i));
      }
      var check = GradientCheck.atRandomPoint(tf, penalty, checked.buildOrThrow(), 1);
      assertThat(check.passes()).as("%s: %s", name, check).isTrue();
    }
  }

  /** A dead network must neither give NaN nor stop others from learning. */
  @ParameterizedTest
  @MethodSource("names")
  void isZeroWithAFiniteGradientWhereAllAttributionsAreZero(String name) {
    PriorCases.Case prior = prior(name);
    FloatArray zeros = FloatArray.zeros(shape(prior).toArray());
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var shape = Placeholder.shape(Shape.of(shape(prior).stream().asLongStream().toArray()));
      var attributions = tf.placeholder(TFloat32.class, shape);
      var penalty = prior.prior().penalty(tf, attributions);
      var gradient = Gradients.of(tf, penalty, attributions);
      var values =
          session.run(Feeds.of(attributions, zeros), List.of(penalty, gradient), List.of());
      assertThat(values.get(0).values()).containsExactly(0);
      for (float element : values.get(1).values()) {
        assertThat(element == 0).as("the gradient %s is 0", element).isTrue();
      }
    }
  }

  @Test
  void giniOfKnownAttributions() {
    // All alike: -0; one of n alone: -(n - 1) / n.
    assertThat(penalty(Priors.gini(), FloatArray.of(new float[] {2, -2, 2, -2}, 2, 2))).isZero();
    assertThat(penalty(Priors.gini(), FloatArray.of(new float[] {0, 0, -7, 0}, 1, 4)))
        .isEqualTo(-0.75);
    assertThat(penalty(Priors.gini(), FloatArray.of(new float[] {3}, 1, 1))).isZero();
  }

  @Test
  void giniOfManyTiesEqualsTheDoubleSum() {
    PriorCases.Case gini = prior("gini");
    float[] values = {1, 3, 3, 1, 0, 0, 1, -3, 3, -1, 0, 0};
    FloatArray attributions = FloatArray.of(values, 2, 6);
    assertThat(penalty(gini.prior(), attributions))
        .isCloseTo(gini.plain().applyAsDouble(attributions), within(ROUNDING));
  }

  @Test
  void refusesWhatDoesNotFit() {
    FloatArray flat = FloatArray.zeros(2, 6);
    assertThatThrownBy(() -> penalty(Priors.totalVariation(), flat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "total variation needs attributions of shape [batch, height, width, channels],"
                + " found [2, 6]");
    assertThatThrownBy(() -> penalty(Priors.mask(FloatArray.zeros(5)), flat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the mask must be of the shape of one example of [2, 6], found [5]");
    assertThatThrownBy(() -> penalty(Priors.laplacian(FloatArray.zeros(5, 5)), flat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the Laplacian must be of shape [6, 6] like the features, found [5, 5]");
    assertThatThrownBy(() -> Priors.laplacian(FloatArray.of(new float[] {0, 1, 2, 0}, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the Laplacian must be symmetric, found 2.0 in row 1, column 0 and 1.0 across");
    assertThatThrownBy(() -> Priors.groups(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one group of features, found none");
    assertThatThrownBy(() -> penalty(Priors.groups(List.of(ImmutableIntArray.of(6))), flat))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("features of groups must be in [0, 6), found 6");
    assertThatThrownBy(() -> Priors.groups(List.of(ImmutableIntArray.of(1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the features of a group must differ, found [1, 1]");
  }

  private static PriorCases.Case prior(String name) {
    return Objects.requireNonNull(PriorCases.ALL.get(name));
  }

  private static ImmutableIntArray shape(PriorCases.Case prior) {
    return ImmutableIntArray.copyOf(Ints.concat(new int[] {BATCH}, prior.shape().toArray()));
  }

  private static FloatArray random(PriorCases.Case prior, long seed) {
    DataRandom random = new DataRandom(seed);
    FloatArray values = FloatArray.zeros(shape(prior).toArray());
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double penalty(Prior prior, FloatArray attributions) {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      long[] shape = attributions.shape().stream().asLongStream().toArray();
      var operand = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
      return session.run(Feeds.of(operand, attributions), prior.penalty(tf, operand)).values()[0];
    }
  }
}
