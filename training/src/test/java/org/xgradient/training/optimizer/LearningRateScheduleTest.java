package org.xgradient.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xgradient.training.optimizer.LearningRateSchedule.Position;

class LearningRateScheduleTest {

  private static final double ROUNDING = 1e-15;

  @Test
  void constant() {
    assertThat(LearningRateSchedule.constant(0.3).rate(at(17))).isEqualTo(0.3);
  }

  /** 10 steps to an epoch, 100 in all. */
  @Test
  void stepsDownAtTheEndsOfEpochs() {
    var schedule = LearningRateSchedule.steps(0.8, 0.5, 3);
    assertThat(schedule.rate(at(0))).isEqualTo(0.8);
    assertThat(schedule.rate(at(29))).isEqualTo(0.8);
    assertThat(schedule.rate(at(30))).isEqualTo(0.4);
    assertThat(schedule.rate(at(60))).isEqualTo(0.2);
  }

  @Test
  void cosineGoesFromOneRateToTheOther() {
    var schedule = LearningRateSchedule.cosine(0.5, 0.1);
    assertThat(schedule.rate(at(0))).isEqualTo(0.5);
    assertThat(schedule.rate(at(50))).isCloseTo(0.3, within(ROUNDING));
    assertThat(schedule.rate(at(25))).isCloseTo(0.3 + 0.2 * Math.sqrt(0.5), within(ROUNDING));
    assertThat(schedule.rate(at(100))).isCloseTo(0.1, within(ROUNDING));
  }

  @Test
  void warmUpRisesToTheSchedule() {
    var schedule = LearningRateSchedule.steps(0.8, 0.5, 3).withWarmUp(4);
    assertThat(schedule.rate(at(0))).isEqualTo(0.2);
    assertThat(schedule.rate(at(2))).isCloseTo(0.6, within(ROUNDING));
    assertThat(schedule.rate(at(3))).isEqualTo(0.8);
    assertThat(schedule.rate(at(30))).isEqualTo(0.4);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> LearningRateSchedule.constant(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the learning rate must be at least 0 and finite, found -1.0");
    assertThatThrownBy(() -> LearningRateSchedule.steps(1, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the factor must be in (0, 1], found 2.0");
    assertThatThrownBy(() -> LearningRateSchedule.constant(1).withWarmUp(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the warm-up must have at least 1 step, found 0");
  }

  private static Position at(long step) {
    return new Position(step, 100, 10);
  }
}
