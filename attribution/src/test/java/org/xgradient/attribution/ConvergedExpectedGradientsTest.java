package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;
import org.xgradient.graph.network.NetworkModel;

class ConvergedExpectedGradientsTest {

  private static final AttributorOptions OPTIONS = AttributorOptions.withDefaults();

  private GraphSession session;
  private NetworkModel model;

  @BeforeEach
  void open() {
    session = GraphSession.open();
    model = TestNets.regular().build(session, 1);
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** The same sum in another order: rounding of float32 only, also in chunks of a few points. */
  @Test
  void isTheMeanOfIntegratedGradientsOverTheReferences() {
    FloatArray rows = TestNets.rows(4, 5);
    FloatArray references = TestNets.rows(3, 6);
    Quadrature quadrature = Quadrature.gaussLegendre(7);
    double[] expected = new double[rows.size()];
    for (int r = 0; r < references.rows(); r++) {
      FloatArray reference = FloatArray.of(references.rows(r, r + 1).values(), TestNets.FEATURES);
      var integrated = new IntegratedGradients(Baseline.example(reference), quadrature);
      float[] values = attribute(integrated, rows, OPTIONS);
      for (int i = 0; i < values.length; i++) {
        expected[i] += values[i] / references.rows();
      }
    }
    var method = new ConvergedExpectedGradients(references, quadrature);
    float[] whole = attribute(method, rows, OPTIONS);
    float[] chunked = attribute(method, rows, OPTIONS.withMemoryBudget(4_000));
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) whole[i]).isCloseTo(expected[i], within(2e-6));
      assertThat((double) chunked[i]).isCloseTo(expected[i], within(2e-6));
    }
  }

  @Test
  void saysWhatIsWrongWithReferences() {
    Quadrature quadrature = Quadrature.gaussLegendre(2);
    assertThatThrownBy(() -> new ConvergedExpectedGradients(FloatArray.zeros(0, 6), quadrature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one reference, found none");
    var wrong = new ConvergedExpectedGradients(FloatArray.zeros(2, 5), quadrature);
    assertThatThrownBy(() -> attribute(wrong, TestNets.rows(1, 1), OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("references must be of shape [rows, [6]] like the inputs, found [2, 5]");
  }

  private float[] attribute(AttributionMethod method, FloatArray rows, AttributorOptions options) {
    return Attributor.of(model, method, options.withTarget(Target.index(1)))
        .attribute(rows)
        .values()
        .values();
  }
}
