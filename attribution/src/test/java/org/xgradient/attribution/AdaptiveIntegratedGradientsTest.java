package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
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
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.runtime.SessionOptions;

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
        double tolerance = 1e-4 * 203 + 1e-3;
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
      var measured = attributor.measured(rows, new int[0], FixedInputs.none());
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
          Attributor.of(BoundModel.of(session, model), method)
              .measured(rows, new int[0], FixedInputs.none());
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

  /** A row of a large change must not excuse the gaps of the others. */
  @Test
  void eachRowIsJudgedByItself() {
    try (GraphSession session = GraphSession.open()) {
      var model = new OneKink(session.ops(), 97);
      FloatArray rows = FloatArray.of(new float[] {0.6f, 0.4f, 500, 500}, 2, 2);
      double tolerance = 1e-3;
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), tolerance, 400);
      Attributions found = Attributor.of(BoundModel.of(session, model), method).attribute(rows);
      // The first row's output changes by 3, that of the second by 99,903.
      assertThat((double) found.completenessGap().orElseThrow().values()[0])
          .isCloseTo(0, within(3 * tolerance));
    }
  }

  @Test
  void theBitsOfARowOfWholeBatchesDoNotDependOnTheOthers() {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      NetworkModel model = TestNets.regular().build(session, 5);
      FloatArray rows = TestNets.rows(11, 4);
      var method = new AdaptiveIntegratedGradients(Baseline.constant(0.3f), 0.002, 64);
      var options = AttributorOptions.withDefaults().withWholeBatches();
      Attributor attributor = Attributor.of(model, method, options);
      float[] all = attributor.attribute(rows).values().values();
      int size = rows.rowSize();
      for (int row = 0; row < rows.rows(); row++) {
        float[] alone = attributor.attribute(rows.rows(row, row + 1)).values().values();
        assertThat(alone).isEqualTo(Arrays.copyOfRange(all, row * size, (row + 1) * size));
      }
    }
  }

  /** What does not fit is computed twice, and counts twice. */
  @Test
  void takesRowsAndGradientsAsTheBudgetAllows() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = TestNets.regular().build(session, 5);
      FloatArray rows = TestNets.rows(7, 4);
      var method = new AdaptiveIntegratedGradients(Baseline.constant(0.3f), 0.02, 600);
      Attributor rich = Attributor.of(model, method);
      // A row's gradients take 600 times 24 bytes.
      var options = AttributorOptions.withDefaults().withMemoryBudget(1500);
      var seen = new ArrayList<ProgressListener.Progress>();
      Attributor poor = Attributor.of(model, method, options.withProgress(seen::add));
      var kept = rich.measured(rows, new int[0], FixedInputs.none());
      var computedAgain = poor.measured(rows, new int[0], FixedInputs.none());
      // The order of sums and the sizes of products differ.
      assertThat(computedAgain.attributions().values().values())
          .containsExactly(kept.attributions().values().values(), within(1e-5f));
      assertThat(computedAgain.gradientsPerRow())
          .isGreaterThan(kept.gradientsPerRow())
          .isLessThanOrEqualTo(600);
      assertThat(seen)
          .isSortedAccordingTo(Comparator.comparingLong(ProgressListener.Progress::done));
      assertThat(seen.get(seen.size() - 1)).isEqualTo(new ProgressListener.Progress(4200, 4200));
    }
  }

  @Test
  void canBeInterruptedWhileItComputesGradientsAgain() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = TestNets.regular().build(session, 5);
      var method = new AdaptiveIntegratedGradients(Baseline.constant(0.3f), 1, 64);
      var options =
          AttributorOptions.withDefaults()
              .withMemoryBudget(1400)
              .withProgress(progress -> Thread.currentThread().interrupt());
      assertThatThrownBy(() -> Attributor.of(model, method, options).attribute(TestNets.rows(1, 4)))
          .isInstanceOf(CancellationException.class)
          .hasMessage("attribution was interrupted");
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  /** The output overflows at the end of the path, and not the gradient alone. */
  @Test
  void saysWhereOnThePathAValueIsNotFinite() {
    try (GraphSession session = GraphSession.open()) {
      var model = new OneKink(session.ops(), 97);
      FloatArray rows = FloatArray.of(new float[] {1, 1, 3e38f, 3e38f}, 2, 2);
      var method = new AdaptiveIntegratedGradients(Baseline.zero(), 0.01, 64);
      assertThatThrownBy(() -> Attributor.of(BoundModel.of(session, model), method).attribute(rows))
          .isInstanceOf(NotFiniteException.class)
          .hasMessage(
              "outputs must be finite, found Infinity in row 1, column 0; that is at 1.0 of the"
                  + " path from the baseline to the input; look for inputs or weights that are too"
                  + " large");
    }
  }

  /** A target that draws, drawn anew for each run, would be another one at each point. */
  @Test
  void theTargetIsDecidedOnce() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = TestNets.regular().build(session, 5);
      var options = AttributorOptions.withDefaults().withTarget(Target.randomSigns());
      var method = new AdaptiveIntegratedGradients(Baseline.constant(0.3f), 0.01, 400);
      Attributions found = Attributor.of(model, method, options).attribute(TestNets.rows(9, 4));
      assertThat(found.completeness().orElseThrow().relativeGap()).isLessThan(0.01);
    }
  }
}
