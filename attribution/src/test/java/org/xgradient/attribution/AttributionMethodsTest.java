package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.Quadrature.Rule;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.Target;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;

class AttributionMethodsTest {

  /** Sums of some tens of products of order 1 in float. */
  private static final float ROUNDING = 2e-6f;

  private GraphSession session;
  private NetworkModel regular;
  private NetworkModel homogeneous;

  @BeforeEach
  void open() {
    session = GraphSession.open();
    regular = TestNets.regular().build(session, 1);
    homogeneous = TestNets.homogeneous().build(session, 2);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @ParameterizedTest
  @EnumSource
  void xGradientEqualsOneStepOfEveryRuleWithoutANodeAtZero(Rule rule) {
    FloatArray rows = TestNets.rows(10, 3);
    float[] xGradient = attribute(homogeneous, new XGradient(), rows).values().values();
    var oneStep = IntegratedGradients.withDefaults().withQuadrature(Quadrature.of(rule, 1));
    float[] integrated = attribute(homogeneous, oneStep, rows).values().values();
    switch (rule) {
      case GAUSS_LEGENDRE, MIDPOINT, RIEMANN_RIGHT ->
          assertThat(integrated).containsExactly(xGradient, within(ROUNDING));
      case RIEMANN_LEFT -> assertThat(integrated).containsOnly(0);
      case TRAPEZOID -> {
        float[] half = xGradient.clone();
        for (int i = 0; i < half.length; i++) {
          half[i] /= 2;
        }
        assertThat(integrated).containsExactly(half, within(ROUNDING));
      }
    }
  }

  /** The squared logits of a homogeneous model: homogeneous of degree 2. */
  private record Squared(Model model) implements WrappedModel {
    @Override
    public Operand<TFloat32> logits(Operand<TFloat32> inputs, Mode mode) {
      return ops().math.square(model.logits(inputs, mode));
    }
  }

  /** The gradient is linear along the path, which one Gauss-Legendre step integrates exactly. */
  @Test
  void xGradientDividesByTheDegree() {
    Model squared = new Squared(homogeneous);
    FloatArray rows = TestNets.rows(10, 13);
    Attributions xGradient = attribute(squared, new XGradient(), rows);
    var oneStep = IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(1));
    assertThat(xGradient.values().values())
        .containsExactly(attribute(squared, oneStep, rows).values().values(), within(ROUNDING));
    assertThat(largest(xGradient.completenessGap().orElseThrow())).isLessThan(ROUNDING);
    assertThat(largest(xGradient.explained())).isGreaterThan(0.01);
  }

  @Test
  void theCompletenessGapOfIntegratedGradientsFallsWithTheSteps() {
    FloatArray rows = TestNets.rows(50, 4);
    double previous = Double.MAX_VALUE;
    for (int steps : new int[] {2, 16, 128}) {
      var method =
          new IntegratedGradients(Baseline.constant(-0.5f), Quadrature.gaussLegendre(steps));
      double gap = largest(attribute(regular, method, rows).completenessGap().orElseThrow());
      assertThat(gap).isLessThan(previous / 3);
      previous = gap;
    }
    assertThat(previous).isLessThan(2e-3);
  }

  /** On a linear model every path gives w (x - x'). */
  @Test
  void integratedGradientsTakesAnyBaseline() {
    try (GraphSession own = GraphSession.open()) {
      Model linear = Networks.mlp(2, 1).build(own, 1);
      linear.parameters().get(0).assign(own, FloatArray.of(new float[] {2, -3}, 2, 1));
      FloatArray rows = FloatArray.of(new float[] {1, 2, -4, 0.5f}, 2, 2);
      FloatArray mean = FloatArray.of(new float[] {10, 20, 30, 40, 50, 60}, 3, 2);
      var cases =
          Map.of(
              Baseline.zero(),
              new float[] {2, -6, -8, -1.5f},
              Baseline.constant(1),
              new float[] {0, -3, -10, 1.5f},
              Baseline.mean(mean),
              new float[] {-58, 114, -68, 118.5f},
              (tf, inputs) -> tf.math.mul(inputs, tf.constant(0.5f)),
              new float[] {1, -3, -4, -0.75f});
      cases.forEach(
          (baseline, expected) -> {
            var method = IntegratedGradients.withDefaults().withBaseline(baseline);
            var attributions = Attributor.of(BoundModel.of(own, linear), method).attribute(rows);
            assertThat(attributions.values().values()).containsExactly(expected, within(1e-4f));
          });
    }
  }

  /** The standard error of the mean over n draws falls as 1/sqrt(n); five of them are allowed. */
  @Test
  void expectedGradientsConvergeToTheMeanOfIntegratedGradientsOverTheReferences() {
    FloatArray rows = TestNets.rows(4, 5);
    FloatArray references = TestNets.rows(7, 6);
    double[] expected = new double[rows.size()];
    for (int r = 0; r < references.rows(); r++) {
      FloatArray reference = FloatArray.of(references.rows(r, r + 1).values(), TestNets.FEATURES);
      var method = IntegratedGradients.withDefaults().withBaseline(Baseline.example(reference));
      float[] values = attribute(regular, method, rows).values().values();
      for (int i = 0; i < values.length; i++) {
        expected[i] += values[i] / references.rows();
      }
    }
    int draws = 4_000;
    for (ReferenceDistribution distribution :
        new ReferenceDistribution[] {
          ReferenceDistribution.uniform(references), ReferenceDistribution.shuffled(references)
        }) {
      var method = new ExpectedGradients(distribution, draws);
      float[] actual = attribute(regular, method, rows).values().values();
      double deviation = 0;
      double norm = 0;
      for (int i = 0; i < actual.length; i++) {
        deviation += Math.pow(actual[i] - expected[i], 2);
        norm += Math.pow(expected[i], 2);
      }
      // Contributions vary about as much as they are large.
      assertThat(Math.sqrt(deviation / norm)).isLessThan(5 / Math.sqrt(draws));
    }
  }

  /** With x' = 0 for one of two examples only, the attributions tell who met which reference. */
  @Test
  void shuffledReferencesServeEachRowOnceADraw() {
    try (GraphSession own = GraphSession.open()) {
      Model linear = Networks.mlp(1, 1).build(own, 1);
      linear.parameters().get(0).assign(own, FloatArray.of(new float[] {1}, 1, 1));
      FloatArray rows = FloatArray.of(new float[] {100, 200, 400, 800}, 4, 1);
      var method = new ExpectedGradients(ReferenceDistribution.batch(), 1);
      float[] values =
          Attributor.of(BoundModel.of(own, linear), method).attribute(rows).values().values();
      float[] references = new float[4];
      for (int i = 0; i < 4; i++) {
        references[i] = rows.values()[i] - values[i];
      }
      Arrays.sort(references);
      assertThat(references).containsExactly(rows.values(), within(1e-3f));
    }
  }

  @Test
  void thereMayBeFewerReferencesThanDrawsOrExamples() {
    FloatArray rows = TestNets.rows(5, 7);
    var method = new ExpectedGradients(ReferenceDistribution.shuffled(TestNets.rows(2, 8)), 9);
    assertThat(attribute(regular, method, rows).values().values()).doesNotContain(Float.NaN);
  }

  @Test
  void saysWhatIsWrongWithReferencesAndBaselines() {
    assertThatThrownBy(() -> ReferenceDistribution.uniform(FloatArray.zeros(0, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one reference, found none");
    var wrongReferences =
        new ExpectedGradients(ReferenceDistribution.shuffled(TestNets.rows(3, 5, 1)), 1);
    assertThatThrownBy(() -> attribute(regular, wrongReferences, TestNets.rows(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("references must be of shape [rows, [6]] like the inputs, found [3, 5]");
    var wrongBaseline =
        IntegratedGradients.withDefaults().withBaseline(Baseline.example(FloatArray.zeros(5)));
    assertThatThrownBy(() -> attribute(regular, wrongBaseline, TestNets.rows(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the baseline must be of shape [6] like one of the inputs, found [5]");
    assertThatThrownBy(() -> new ExpectedGradients(ReferenceDistribution.batch(), 0))
        .hasMessage("the number of references must be at least 1, found 0");
    assertThatThrownBy(() -> Baseline.mean(FloatArray.zeros(0, 3)))
        .hasMessage("the mean of no examples was asked for; give at least one");
  }

  @Test
  void gradientSaliencyAndInputXGradientAreOneGradient() {
    FloatArray rows = TestNets.rows(6, 9);
    float[] gradient = attribute(regular, new Gradient(), rows).values().values();
    float[] saliency = attribute(regular, new Saliency(), rows).values().values();
    float[] product = attribute(regular, new InputXGradient(), rows).values().values();
    for (int i = 0; i < gradient.length; i++) {
      assertThat(saliency[i]).isEqualTo(Math.abs(gradient[i]));
      assertThat(product[i]).isEqualTo(rows.values()[i] * gradient[i]);
    }
    assertThat(largest(FloatArray.of(gradient, gradient.length))).isGreaterThan(0.01);
  }

  /** Against the closed form in double: for z = w x + b, (1 - 2 sigma(z)) w. */
  @Test
  void rrrGradientOfABinaryModel() {
    try (GraphSession own = GraphSession.open()) {
      Model linear = Networks.mlp(2, 1).build(own, 1);
      linear.parameters().get(0).assign(own, FloatArray.of(new float[] {2, -3}, 2, 1));
      linear.parameters().get(1).assign(own, FloatArray.of(new float[] {0.5f}, 1));
      FloatArray rows = FloatArray.of(new float[] {1, 0.2f, -0.3f, 0.4f}, 2, 2);
      float[] values =
          Attributor.of(BoundModel.of(own, linear), new RrrGradient())
              .attribute(rows)
              .values()
              .values();
      for (int i = 0; i < 2; i++) {
        double z = 2 * rows.values()[2 * i] - 3 * rows.values()[2 * i + 1] + 0.5;
        double factor = 1 - 2 / (1 + Math.exp(-z));
        assertThat((double) values[2 * i]).isCloseTo(2 * factor, within(1e-6));
        assertThat((double) values[2 * i + 1]).isCloseTo(-3 * factor, within(1e-6));
      }
    }
  }

  /** d/dx sum_c log p_c = sum_c (1 - C p_c) dz_c/dx, with the dz_c/dx from Gradient. */
  @Test
  void rrrGradientOfAMultiClassModel() {
    FloatArray rows = TestNets.rows(3, 10);
    Attributions rrr = attribute(regular, new RrrGradient(), rows);
    double[] expected = new double[rows.size()];
    for (int c = 0; c < TestNets.CLASSES; c++) {
      float[] gradient =
          Attributor.of(
                  regular,
                  new Gradient(),
                  AttributorOptions.withDefaults().withTarget(Target.index(c)))
              .attribute(rows)
              .values()
              .values();
      for (int i = 0; i < expected.length; i++) {
        double p = softmax(rrr.logits().rows(i / 6, i / 6 + 1).values(), c);
        expected[i] += (1 - TestNets.CLASSES * p) * gradient[i];
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) rrr.values().values()[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  private static double softmax(float[] logits, int index) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[index]) / sum;
  }

  private Attributions attribute(Model model, AttributionMethod method, FloatArray rows) {
    return Attributor.of(BoundModel.of(session, model), method).attribute(rows);
  }

  private static double largest(FloatArray values) {
    double largest = 0;
    for (float value : values.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
