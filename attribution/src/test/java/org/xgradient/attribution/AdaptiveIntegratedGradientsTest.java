package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;

class AdaptiveIntegratedGradientsTest {

  /** One kink on each path: {@code relu(100 (x_0 + x_1) - t)}. */
  private record OneKink(Ops ops, float threshold) implements Model {
    @Override
    public ImmutableIntArray inputShape() {
      return ImmutableIntArray.of(2);
    }

    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public ImmutableList<Parameter> parameters() {
      return ImmutableList.of();
    }

    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      Ops tf = ops;
      var sum = tf.linalg.matMul(inputs, tf.constant(new float[][] {{100}, {100}}));
      return tf.nn.relu(tf.math.sub(sum, tf.constant(threshold)));
    }
  }

  @Test
  void findsAKinkToWithinTheTolerance() {
    try (GraphSession session = GraphSession.open()) {
      var model = new OneKink(session.ops(), 97);
      FloatArray rows = FloatArray.of(new float[] {0.6f, 0.4f, 0.9f, 0.09f, 2, 1}, 3, 2);
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), 1e-4, 400);
      Attributions found = Attributor.of(BoundModel.of(session, model), method).attribute(rows);
      // Beyond the kink the slope is 100 on both: A_i = 100 x_i (1 - t / (100 Σ x)).
      for (int row = 0; row < 3; row++) {
        float a = rows.values()[2 * row];
        float b = rows.values()[2 * row + 1];
        double share = 1 - 97 / (100.0 * (a + b));
        double tolerance = 1e-4 * (3 + 2 + 203) / 3 + 1e-3;
        assertThat((double) found.values().values()[2 * row])
            .isCloseTo(100 * a * share, within(tolerance));
        assertThat((double) found.values().values()[2 * row + 1])
            .isCloseTo(100 * b * share, within(tolerance));
      }
      assertThat(found.completeness().orElseThrow().relativeGap()).isLessThan(1e-4);
    }
  }

  @Test
  void givesWhatManyFixedStepsGiveAtLessCost() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = TestNets.regular().build(session, 5);
      model.parameters().stream()
          .filter(parameter -> parameter.role() == Parameter.Role.BIAS)
          .forEach(
              bias -> {
                FloatArray values = FloatArray.zeros(bias.shape().toArray());
                for (int i = 0; i < values.size(); i++) {
                  values.values()[i] = (float) Math.sin(3 * i + 1);
                }
                bias.assign(session, values);
              });
      FloatArray rows = TestNets.rows(20, 4);
      Attributions exact =
          Attributor.of(
                  model,
                  new IntegratedGradients(
                      Baseline.zero(), Quadrature.of(Quadrature.Rule.MIDPOINT, 20_000)))
              .attribute(rows);
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), 0.002, 256);
      Attributor attributor = Attributor.of(model, method);
      var measured = attributor.measured(rows, FixedInputs.none());
      double gap = measured.attributions().completeness().orElseThrow().relativeGap();
      double ofFixed =
          Attributor.of(
                  model,
                  new IntegratedGradients(
                      Baseline.zero(), Quadrature.gaussLegendre((int) measured.gradientsPerRow())))
              .attribute(rows)
              .completeness()
              .orElseThrow()
              .relativeGap();
      assertThat(gap).isLessThan(0.002).isLessThan(ofFixed);
      assertThat(measured.gradientsPerRow()).isLessThanOrEqualTo(256);
      double difference = 0;
      double size = 0;
      for (int i = 0; i < rows.size(); i++) {
        float value = exact.values().values()[i];
        difference += Math.abs(measured.attributions().values().values()[i] - value);
        size += Math.abs(value);
      }
      assertThat(difference / size).isLessThan(0.01);
    }
  }

  @Test
  void keepsWithinItsBudgetAndReportsTheGap() {
    try (GraphSession session = GraphSession.open()) {
      var model = new OneKink(session.ops(), 97);
      FloatArray rows = FloatArray.of(new float[] {0.6f, 0.4f}, 1, 2);
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), 1e-6, 12);
      var measured =
          Attributor.of(BoundModel.of(session, model), method).measured(rows, FixedInputs.none());
      assertThat(measured.gradientsPerRow()).isBetween(8L, 12L);
      assertThat(measured.attributions().completeness().orElseThrow().relativeGap())
          .isGreaterThan(0.01);
    }
  }

  @Test
  void isNoPartOfAGraph() {
    try (GraphSession session = GraphSession.open()) {
      var model = new OneKink(session.ops(), 1);
      var x = session.ops().constant(new float[][] {{1, 2}});
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), 0.01, 64);
      assertThatThrownBy(() -> method.attribute(model.forward(x), Target.index(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("IntegratedGradients");
    }
  }
}
