package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Target;

class GivenExpectedGradientsTest {

  private static final FloatArray REFERENCES = TestNets.rows(3, 5);
  private static final FloatArray ALPHAS = FloatArray.of(new float[] {0.1f, 0.5f, 0.9f}, 3);

  /** The formula, with gradients at one point at a time. */
  @Test
  void isTheMeanOverItsPairs() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = TestNets.regular().build(session, 1);
      AttributorOptions options = AttributorOptions.withDefaults().withTarget(Target.index(1));
      FloatArray rows = TestNets.rows(4, 6);
      float[] found =
          Attributor.of(model, new GivenExpectedGradients(REFERENCES, ALPHAS), options)
              .attribute(rows)
              .values()
              .values();
      Attributor gradient = Attributor.of(model, new Gradient(), options);
      double[] expected = new double[rows.size()];
      int width = rows.rowSize();
      for (int pair = 0; pair < 3; pair++) {
        FloatArray points = FloatArray.zeros(4, width);
        for (int i = 0; i < rows.size(); i++) {
          float start = REFERENCES.values()[pair * width + i % width];
          points.values()[i] = start + ALPHAS.values()[pair] * (rows.values()[i] - start);
        }
        float[] slopes = gradient.attribute(points).values().values();
        for (int i = 0; i < rows.size(); i++) {
          float start = REFERENCES.values()[pair * width + i % width];
          expected[i] += (rows.values()[i] - start) * slopes[i] / 3;
        }
      }
      for (int i = 0; i < expected.length; i++) {
        // Sums of some 30 products of floats of the order of 1.
        assertThat((double) found[i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void chunksOfPointsGiveTheSame() {
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = TestNets.regular().build(session, 1);
      var method = new GivenExpectedGradients(REFERENCES, ALPHAS);
      FloatArray rows = TestNets.rows(4, 6);
      var whole = Attributor.of(model, method).attribute(rows).values().values();
      var small = AttributorOptions.withDefaults().withMemoryBudget(3000);
      var chunked = Attributor.of(model, method, small).attribute(rows).values().values();
      // The same terms in another order.
      assertThat(chunked).containsExactly(whole, within(1e-6f));
    }
  }

  @Test
  void refusesPairsThatAreNone() {
    assertThatThrownBy(() -> new GivenExpectedGradients(FloatArray.zeros(0, 6), ALPHAS))
        .hasMessage("there must be at least one reference, found none");
    assertThatThrownBy(() -> new GivenExpectedGradients(TestNets.rows(2, 1), ALPHAS))
        .hasMessage("there must be one alpha for each of 2 references, found [3]");
    FloatArray outside = FloatArray.of(new float[] {0, 2, 1}, 3);
    assertThatThrownBy(() -> new GivenExpectedGradients(REFERENCES, outside))
        .hasMessage("alphas must be in [0, 1], found 2.0");
    try (GraphSession session = GraphSession.open()) {
      BoundModel model = TestNets.regular().build(session, 1);
      var other = new GivenExpectedGradients(TestNets.rows(3, 4, 1), ALPHAS);
      assertThatThrownBy(() -> Attributor.of(model, other))
          .hasMessage("references must be of shape [pairs, [6]] like the inputs, found [3, 4]");
    }
  }
}
