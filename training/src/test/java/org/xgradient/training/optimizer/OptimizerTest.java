package org.xgradient.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Op;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;

/** Steps on f(θ) = Σ c θ² / 2 against the formulas in double precision. */
class OptimizerTest {

  private static final float[] START = {1, -2, 0.5f};
  private static final float[] CURVATURE = {1, 0.3f, 4};
  private static final int STEPS = 20;
  private static final double RATE = 0.05;

  /** Some 20 steps in float32, each rounded by 6e-8 of values up to 2. */
  private static final double ROUNDING = 1e-5;

  /** The variables of one element of the parameter. */
  private static final class Element {
    private double theta;
    private double first;
    private double second;
    private int step;
  }

  @Test
  void plainGradientDescent() {
    check(Sgd.withDefaults(), (e, g) -> e.theta -= RATE * g);
  }

  @Test
  void momentumWithWeightDecay() {
    check(
        Sgd.withDefaults().withMomentum(0.9).withWeightDecay(0.1),
        (e, g) -> {
          e.first = 0.9 * e.first + g + 0.1 * e.theta;
          e.theta -= RATE * e.first;
        });
  }

  @Test
  void nesterovMomentum() {
    check(
        new Sgd(0.8, 0, true),
        (e, g) -> {
          e.first = 0.8 * e.first + g;
          e.theta -= RATE * (g + 0.8 * e.first);
        });
  }

  @Test
  void adam() {
    check(Adam.withDefaults(), adam(0.9, 0.999, 1e-8, 0));
  }

  /** A large epsilon shows whether it is added after the correction of the bias. */
  @Test
  void adamWithOtherValues() {
    check(new Adam(0.8, 0.9, 0.1, 0.2), adam(0.8, 0.9, 0.1, 0.2));
  }

  private static BiConsumer<Element, Double> adam(
      double beta1, double beta2, double epsilon, double decay) {
    return (e, gradient) -> {
      double g = gradient + decay * e.theta;
      e.step++;
      e.first = beta1 * e.first + (1 - beta1) * g;
      e.second = beta2 * e.second + (1 - beta2) * g * g;
      double mean = e.first / (1 - Math.pow(beta1, e.step));
      double square = e.second / (1 - Math.pow(beta2, e.step));
      e.theta -= RATE * mean / (Math.sqrt(square) + epsilon);
    };
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> Sgd.withDefaults().withMomentum(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the momentum must be in [0, 1), found 1.0");
    assertThatThrownBy(() -> Adam.withDefaults().withWeightDecay(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight decay must be at least 0 and finite, found -0.1");
    assertThatThrownBy(() -> new Adam(0.9, 1, 1e-8, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("beta1 and beta2 must be in [0, 1), found 0.9 and 1.0");
    assertThatThrownBy(() -> new Adam(0.9, 0.9, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epsilon must be positive, found 0.0");
  }

  private static void check(Optimizer optimizer, BiConsumer<Element, Double> plain) {
    float[] trained = train(optimizer);
    for (int i = 0; i < START.length; i++) {
      Element element = new Element();
      element.theta = START[i];
      for (int step = 0; step < STEPS; step++) {
        plain.accept(element, CURVATURE[i] * element.theta);
      }
      assertThat((double) trained[i]).isCloseTo(element.theta, within(ROUNDING));
      assertThat(element.theta).isNotCloseTo(START[i], within(0.1));
    }
  }

  private static float[] train(Optimizer optimizer) {
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      ImmutableIntArray shape = ImmutableIntArray.of(START.length);
      Parameter theta = Parameter.create(tf, "theta", Role.WEIGHT, shape);
      theta.assign(session, FloatArray.of(START.clone(), START.length));
      UpdateRule rule = optimizer.build(tf, ImmutableList.of(theta));
      for (Parameter slot : rule.slots()) {
        slot.assignZeros(session);
      }
      var gradient = tf.math.mul(theta.value(), tf.constant(CURVATURE));
      ImmutableList<Op> updates = rule.updateAll(tf, List.of(gradient));
      for (int step = 0; step < STEPS; step++) {
        session.run(rule.feed(Feeds.none(), RATE, step), List.of(), updates);
      }
      return theta.read(session).values();
    }
  }
}
