package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PredictedClassTest {

  @Test
  void ofSeveralTheFirstOfTheLargest() {
    assertThat(PredictedClass.ofLogits(-3, -1, -2, -1)).isEqualTo(1);
    assertThat(PredictedClass.ofLogits(2, 1)).isZero();
    assertThat(PredictedClass.ofProbabilities(0.1, 0.4, 0.4, 0.1)).isEqualTo(1);
    assertThat(PredictedClass.ofProbabilities(0.2, 0.3, 0.5)).isEqualTo(2);
  }

  @Test
  void ofOneLogitItsSign() {
    assertThat(PredictedClass.ofLogits(0.1f)).isEqualTo(1);
    assertThat(PredictedClass.ofLogits(0)).isZero();
    assertThat(PredictedClass.ofLogits(-0.1f)).isZero();
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(PredictedClass::ofLogits)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one logit, found none");
    assertThatThrownBy(PredictedClass::ofProbabilities)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least one class, found none");
  }
}
