package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.runtime.SessionOptions;

class TargetTest {

  @Test
  void aSumHasACoefficientForEachOfItsLogits() {
    try (GraphSession session = GraphSession.open(SessionOptions.singleThreaded())) {
      Model model = Networks.mlp(2, 4, 3).build(session, 1);
      var pass = model.forward(session.ops().constant(new float[2][2]));
      var sum = Target.sum(ImmutableIntArray.of(3, 1)).coefficients(pass);
      assertThat(session.run(Feeds.none(), sum).values()).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
      assertThatThrownBy(() -> Target.sum(ImmutableIntArray.of(4)).coefficients(pass))
          .hasMessageContaining("must be of the 4 outputs of the model, from 0, found 4");
    }
  }

  /** It would explain nothing, and give zeros. */
  @Test
  void aSumOfNothingIsRefused() {
    assertThatThrownBy(() -> Target.sum(ImmutableIntArray.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one logit to sum, found none");
  }
}
