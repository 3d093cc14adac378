package org.xgradient.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.xgradient.data.Task;
import org.xgradient.training.LambdaRule.Given;
import org.xgradient.training.LambdaRule.StrongestWithin;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.swap.SwapEffect;

class LambdaRuleTest {

  private static LambdaPoint point(double lambda, double metric, double... losses) {
    return point(lambda, metric, Optional.empty(), losses);
  }

  private static LambdaPoint swapped(double lambda, double changed, double after) {
    return point(
        lambda,
        0.8,
        Optional.of(new SwapEffect(Task.BINARY, 100, changed, 0.1, 0.8, after, 0)),
        0.5);
  }

  private static LambdaPoint point(
      double lambda, double metric, Optional<SwapEffect> swap, double... losses) {
    return new LambdaPoint(
        lambda,
        ImmutableDoubleArray.copyOf(losses),
        ImmutableDoubleArray.of(1),
        metric,
        swap,
        new TrainingResult(ImmutableMap.of(), 0, OptionalDouble.empty(), ImmutableList.of()));
  }

  /** Losses 0.4 and 0.6: mean 0.5, standard error 0.1. */
  @Test
  void takesTheStrongestWithinOneErrorOfTheBest() {
    var points =
        ImmutableList.of(
            point(0, 0.8, 0.45, 0.65),
            point(0.1, 0.8, 0.4, 0.6),
            point(0.3, 0.8, 0.49, 0.69),
            point(1, 0.8, 0.51, 0.71));
    assertThat(StrongestWithin.oneError().choose(points)).isEqualTo(2);
    assertThat(StrongestWithin.oneError().withTolerance(0.12).choose(points)).isEqualTo(3);
    assertThat(StrongestWithin.oneError().withTolerance(0).choose(points)).isEqualTo(1);
  }

  @Test
  void aWorseMetricIsNotTaken() {
    var points =
        ImmutableList.of(
            point(0, 0.8, 0.4, 0.6), point(0.1, 0.795, 0.4, 0.6), point(0.3, 0.78, 0.4, 0.6));
    assertThat(StrongestWithin.oneError().choose(points)).isEqualTo(1);
  }

  @Test
  void endsWhenTwoInARowAreWorse() {
    var points =
        ImmutableList.of(point(0, 0.8, 0.4, 0.6), point(0.1, 0.8, 1, 1), point(0.3, 0.8, 2, 2));
    assertThat(StrongestWithin.oneError().isDecided(points.subList(0, 2))).isFalse();
    assertThat(StrongestWithin.oneError().isDecided(points)).isTrue();
    assertThat(StrongestWithin.oneError().choose(points)).isZero();
  }

  @Test
  void takesTheWeakestThatIsIndependent() {
    LambdaRule rule = WeakestIndependent.withDefaults();
    var points =
        ImmutableList.of(
            swapped(0, 0, 0.8),
            swapped(1, 0.03, 0.8),
            swapped(10, 0.01, 0.75),
            swapped(100, 0.02, 0.795));
    assertThat(rule.choose(points)).isEqualTo(3);
    assertThat(rule.isDecided(points)).isTrue();
    assertThat(rule.isDecided(points.subList(0, 3))).isFalse();
    assertThat(rule.isKept(points.get(3))).isTrue();
  }

  @Test
  void withoutAnyThatIsIndependentTheStrongestIsTakenAndNotKept() {
    LambdaRule rule = WeakestIndependent.withDefaults();
    var points = ImmutableList.of(swapped(0, 0.3, 0.5), swapped(1, 0.2, 0.5));
    assertThat(rule.choose(points)).isEqualTo(1);
    assertThat(rule.isKept(points.get(1))).isFalse();
  }

  /** On few rows the metric after a swap is off by more than the tolerance by chance. */
  @Test
  void aFallOfTheMetricWithinItsErrorIsKept() {
    var rule = WeakestIndependent.withDefaults();
    SwapEffect few = new SwapEffect(Task.BINARY, 20, 0, 0.1, 0.8, 0.76, 0.05);
    SwapEffect many = new SwapEffect(Task.BINARY, 2000, 0, 0.1, 0.8, 0.76, 0.005);
    assertThat(rule.isKept(point(1, 0.8, Optional.of(few), 0.5))).isTrue();
    assertThat(rule.isKept(point(1, 0.8, Optional.of(many), 0.5))).isFalse();
    assertThat(rule.failures(few)).isEmpty();
    assertThat(rule.failures(many))
        .containsExactly(
            "takes the ROC-AUC from 0.800 to 0.760, by more than 0.01 and the standard error of that, 0.005");
    assertThat(rule.failures(new SwapEffect(Task.REGRESSION, 9, 0.5, 0.1, 0.8, 0.8, 0)))
        .containsExactly(
            "changes the output by 50.0 % of the label's deviation on the mean, more than 2 %");
  }

  @Test
  void aGivenWeightIsTaken() {
    LambdaRule rule = new Given(7);
    assertThat(rule.lambdas()).isEqualTo(ImmutableDoubleArray.of(0, 7));
    assertThat(rule.choose(ImmutableList.of(swapped(0, 0, 0.8), swapped(7, 1, 0.1)))).isOne();
  }

  @Test
  void refusesWeightsThatDoNotIncreaseFromZero() {
    assertThatThrownBy(
            () ->
                new StrongestWithin(ImmutableDoubleArray.of(0.1, 1), OptionalDouble.empty(), 0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with 0");
    assertThatThrownBy(() -> new WeakestIndependent(ImmutableDoubleArray.of(0, 2, 1), 0.02, 0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must increase");
    assertThatThrownBy(() -> new Given(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
