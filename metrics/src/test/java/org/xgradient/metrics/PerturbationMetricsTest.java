package org.xgradient.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.metrics.ParameterRandomization.Mode;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.metrics.masking.KeptFractions;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;

class PerturbationMetricsTest {

  private static final float[] WEIGHTS = {2, -1, 3, 0.5f};
  private static final FloatArray INPUTS =
      FloatArray.of(new float[] {1, 2, 1, -2, 0, 1, -1, 4}, 2, 4);

  @Test
  void theGradientOfALinearModelIsFaithful() {
    try (GraphSession session = GraphSession.open()) {
      var model = new LinearModel(session, WEIGHTS);
      FloatArray gradient = FloatArray.of(new float[] {2, -1, 3, 0.5f, 2, -1, 3, 0.5f}, 2, 4);
      for (Perturbation perturbation :
          new Perturbation[] {
            Perturbation.noise(0.5), Perturbation.towards(Baseline.constant(1), 0.2)
          }) {
        double[] infidelity =
            Infidelity.of(model, perturbation).ofRows(INPUTS, new int[0], gradient, 10, 1);
        // The square of differences of numbers of about 10 in single precision.
        assertThat(infidelity).hasSize(2).usingComparatorWithPrecision(1e-10).containsOnly(0);
      }
    }
  }

  @Test
  void theInfidelityOfNoAttributionIsTheMeanSquaredChange() {
    try (GraphSession session = GraphSession.open()) {
      var model = new LinearModel(session, WEIGHTS);
      double[] infidelity =
          Infidelity.of(model, Perturbation.noise(0.5))
              .ofRows(INPUTS, new int[0], FloatArray.zeros(2, 4), 4_000, 1);
      // I ~ N(0, 0.25), so E[(wᵀ I)²] = 0.25 |w|² = 3.5625; its relative standard error is
      // √(2 / 4000).
      assertThat(infidelity[0]).isCloseTo(3.5625, within(4 * 0.0224 * 3.5625));
    }
  }

  @Test
  void withoutNoiseInfidelityIsTheSquaredCompletenessGap() {
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 3, 4, 2, 2, 1);
      var inputs = ImageNet.normal(new DataRandom(1), 3, 2, 2, 1);
      var zeros = FloatArray.zeros(3, 2, 2, 1);
      int[] labels = {0, 2, 3};
      var contributions = ImageNet.normal(new DataRandom(2), 3, 2, 2, 1);
      double[] infidelity =
          Infidelity.of(model, Perturbation.towards(Baseline.zero(), 0))
              .ofRows(inputs, labels, Infidelity.perUnit(contributions, inputs, zeros), 1, 1);
      for (int row = 0; row < 3; row++) {
        double[] input = new double[4];
        double gap = 0;
        for (int i = 0; i < 4; i++) {
          input[i] = inputs.values()[row * 4 + i];
          gap += contributions.values()[row * 4 + i];
        }
        gap -= model.plainLogits(input)[labels[row]];
        assertThat(infidelity[row]).isCloseTo(gap * gap, within(1e-4));
      }
    }
  }

  @Test
  void infidelityRefusesWhatDoesNotFit() {
    try (GraphSession session = GraphSession.open()) {
      var metric = Infidelity.of(new ImageNet(session, 3, 4, 4), Perturbation.noise(1));
      assertThatThrownBy(() -> metric.ofRows(INPUTS, new int[] {0, 4}, INPUTS, 1, 1))
          .hasMessage("labels must be in [0, 4), found 4 in row 1");
      assertThatThrownBy(() -> metric.ofRows(INPUTS, new int[] {0, 1}, INPUTS, 0, 1))
          .hasMessage("there must be at least 1 sample, found 0");
    }
    assertThatThrownBy(() -> Perturbation.noise(0))
        .hasMessage("the standard deviation must be positive, found 0.0");
  }

  @Test
  void aConstantMethodIsNotSensitive() {
    var sensitivity = new MaxSensitivity(0.1, 5, 1);
    assertThat(sensitivity.relative(INPUTS, x -> INPUTS)).containsExactly(0, 0);
    assertThat(sensitivity.absolute(INPUTS, x -> INPUTS)).containsExactly(0, 0);
  }

  @Test
  void sensitivityOfTheIdentityNearsTheCornerOfTheCube() {
    FloatArray one = FloatArray.of(new float[] {3, 4}, 1, 2);
    // The farthest point of the square is √2 r away, and |x| = 5.
    double absolute = new MaxSensitivity(0.1, 2_000, 1).absolute(one, x -> x)[0];
    assertThat(absolute).isBetween(0.95 * 0.1 * Math.sqrt(2), 0.1 * Math.sqrt(2) + 1e-6);
    assertThat(new MaxSensitivity(0.1, 2_000, 1).relative(one, x -> x)[0])
        .isCloseTo(absolute / 5, within(1e-9));
    assertThatThrownBy(() -> new MaxSensitivity(0, 1, 1))
        .hasMessage("the radius must be positive, found 0.0");
  }

  @Test
  void randomParametersChangeTheAttributionsAndAreRestored() {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(30, 2, 20, 10).withoutBiases().build(session, 1);
      var attributor =
          Attributor.of(
              model, new XGradient(), AttributorOptions.withDefaults().withTarget(Target.index(0)));
      var inputs = ImageNet.normal(new DataRandom(1), 10, 30);
      var before = attributor.attribute(inputs).values();
      var learned = model.parameters().stream().map(parameter -> parameter.read(session)).toList();
      for (Mode mode : Mode.values()) {
        var steps =
            ParameterRandomization.run(
                model, mode, 3, 1, () -> attributor.attribute(inputs).values());
        assertThat(steps)
            .extracting(ParameterRandomization::layer)
            .containsExactly("fc3", "fc2", "fc1");
        // 10 rows of 30 features: correlations of unrelated orders have standard error 0.06.
        assertThat(Math.abs(steps.get(2).agreement())).isLessThan(0.25);
        assertThat(model.parameters().stream().map(parameter -> parameter.read(session)))
            .isEqualTo(learned);
      }
      assertThat(attributor.attribute(inputs).values()).isEqualTo(before);
      assertThat(
              ParameterRandomization.run(
                  model, Mode.CASCADING, 2, 1, () -> attributor.attribute(inputs).values()))
          .extracting(ParameterRandomization::layer)
          .containsExactly("fc2", "fc1");
      assertThat(ParameterRandomization.steps(model, 2)).isEqualTo(2);
      assertThat(ParameterRandomization.steps(model, 9)).isEqualTo(3);
    }
  }

  @Test
  void parametersAreRestoredWhenTheMethodFails() {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(5, 1, 4).build(session, 1);
      Parameter weights = model.parameters().get(0);
      FloatArray learned = weights.read(session);
      assertThatThrownBy(
              () ->
                  ParameterRandomization.run(
                      model,
                      Mode.CASCADING,
                      9,
                      1,
                      () -> {
                        if (!weights.read(session).equals(learned)) {
                          throw new IllegalStateException("stop");
                        }
                        return INPUTS;
                      }))
          .hasMessage("stop");
      assertThat(weights.read(session)).isEqualTo(learned);
      assertThatThrownBy(
              () ->
                  ParameterRandomization.run(
                      new LinearModel(session, 1), Mode.CASCADING, 9, 1, () -> INPUTS))
          .hasMessage("there is nothing to randomize: the model has no parameters");
    }
  }

  @Test
  void deletionAndInsertionOfALinearModel() {
    try (GraphSession session = GraphSession.open()) {
      var model = new LinearModel(session, 2, -1, 3, 0);
      FloatArray inputs = FloatArray.of(new float[] {1, 1, 1, 1}, 1, 4);
      FloatArray exact = FloatArray.of(new float[] {2, -1, 3, 0}, 1, 4);
      var attributions = ImmutableMap.of("exact", exact);
      int[] labels = {1};
      var fourSteps = KeptFractions.linear(5);
      var deletion =
          MaskingEvaluation.of(model, MaskingOptions.deletion().withFractions(fourSteps))
              .evaluate(inputs, labels, attributions)
              .curve("exact", MaskingMetric.DELETION);
      // 3, 2, 0 and -1 go: of what is left, from none on.
      assertProbabilities(deletion, 0, -1, -1, 1, 4);
      var insertion =
          MaskingEvaluation.of(
                  model,
                  MaskingOptions.insertion()
                      .withFractions(fourSteps)
                      .withFill(Fill.mean(FloatArray.zeros(2, 4))))
              .evaluate(inputs, labels, attributions)
              .curve("exact", MaskingMetric.INSERTION);
      assertProbabilities(insertion, 0, 3, 5, 5, 4);
    }
  }

  private static void assertProbabilities(MaskingCurve curve, double... logits) {
    double[] expected = Arrays.stream(logits).map(z -> 1 / (1 + Math.exp(-z))).toArray();
    assertThat(curve.scores().toArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(expected);
  }
}
