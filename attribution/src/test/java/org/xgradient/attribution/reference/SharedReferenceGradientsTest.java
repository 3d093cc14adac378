package org.xgradient.attribution.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.Attributor;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;

class SharedReferenceGradientsTest {

  private static final FloatArray REFERENCES = FloatArray.of(new float[] {-3, 0, 5, 9}, 4, 1);

  @Test
  void consecutiveExamplesShareAReference() {
    FloatArray inputs = FloatArray.zeros(41, 1);
    for (int i = 0; i < 41; i++) {
      inputs.values()[i] = i * 0.5f;
    }
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(1, 1).withoutBiases().build(session, 1);
      model.parameters().get(0).assign(session, FloatArray.of(new float[] {2}, 1, 1));
      float[] values = attribute(model, inputs, REFERENCES, 2);
      Set<Float> drawn = new HashSet<>();
      for (int i = 0; i < 41; i++) {
        // F(x) = 2 x: the attribution is 2 (x - x').
        float reference = inputs.values()[i] - values[i] / 2;
        assertThat(REFERENCES.values()).contains(reference);
        assertThat(reference).isEqualTo(inputs.values()[i / 2 * 2] - values[i / 2 * 2] / 2);
        drawn.add(reference);
      }
      assertThat(drawn).hasSize(4);
    }
  }

  @Test
  void consecutiveExamplesShareTheirPlaceOnThePath() {
    FloatArray inputs = FloatArray.zeros(60, 1);
    Arrays.fill(inputs.values(), 1);
    try (GraphSession session = GraphSession.open()) {
      // relu(x) from -3 to 1: the attribution is 4 if α > 3/4, and 0 if not.
      var model = Networks.mlp(1, 1, 1).withoutBiases().build(session, 1);
      model
          .parameters()
          .forEach(parameter -> parameter.assign(session, FloatArray.of(new float[] {1}, 1, 1)));
      float[] values = attribute(model, inputs, REFERENCES.rows(0, 1), 3);
      int fours = 0;
      for (int i = 0; i < 60; i++) {
        assertThat(values[i]).isEqualTo(values[i / 3 * 3]).isIn(0f, 4f);
        fours += values[i] == 4 ? 1 : 0;
      }
      // 20 groups, each with probability 1/4.
      assertThat(fours / 3.0).isCloseTo(5, within(4.0));
    }
  }

  @Test
  void referencesMustFit() {
    assertThatThrownBy(() -> new SharedReferenceGradients(FloatArray.zeros(0, 1), 2))
        .hasMessage("there must be at least one reference, found none");
    assertThatThrownBy(() -> new SharedReferenceGradients(REFERENCES, 0))
        .hasMessage("the group must be at least 1 example, found 0");
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(2, 1).build(session, 1);
      assertThatThrownBy(() -> attribute(model, FloatArray.zeros(2, 2), REFERENCES, 2))
          .hasMessage("references must be of shape [rows, [2]] like the inputs, found [4, 1]");
    }
  }

  private static float[] attribute(
      BoundModel model, FloatArray inputs, FloatArray references, int group) {
    var method = new SharedReferenceGradients(references, group);
    return Attributor.of(model, method).attribute(inputs).values().values();
  }
}
