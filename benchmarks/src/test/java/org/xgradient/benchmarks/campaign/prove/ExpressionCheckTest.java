package org.xgradient.benchmarks.campaign.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.benchmarks.campaign.prove.ExpressionCheck.Quantity;
import org.xgradient.data.DataRandom;

/** The proof and the library on random expressions, and what finds faults in them. */
class ExpressionCheckTest {

  private static final int EXPRESSIONS = 200;

  @Test
  void theProofIsSoundAndTheLibraryAgrees() {
    Set<Enum<?>> drawn = new HashSet<>();
    int proven = 0;
    int compared = 0;
    for (long seed = 0; seed < EXPRESSIONS; seed++) {
      ExpressionCheck check = ExpressionCheck.of(seed);
      DrawnExpression expression = DrawnExpression.draw(seed);
      assertThat(check.isUnsound()).as("%s on %s", check, expression).isFalse();
      assertThat(check.differs()).as("%s on %s", check, expression).isFalse();
      proven += check.proven().isPresent() ? 1 : 0;
      compared += check.distances().isEmpty() ? 0 : 1;
      drawn.addAll(expression.functions());
    }
    assertThat(proven).isBetween(EXPRESSIONS / 5, EXPRESSIONS * 4 / 5);
    assertThat(compared).isGreaterThan(EXPRESSIONS / 2);
    assertThat(drawn).contains(UnaryStep.values()).contains(BinaryStep.values());
  }

  /** A graph of one function, held to another one. */
  @ParameterizedTest
  @CsvSource({
    "RELU, LEAKY_RELU, VALUES",
    "SUM, MEAN, VALUES",
    "ROOT, CUBE_ROOT, VALUES",
    "TANH, SOFTMAX, VALUES",
    "MAX, MASKED_MAX, VALUES",
    "STOPPED, RESHAPED, GRADIENT"
  })
  void whatDiffersIsSeen(UnaryStep inGraph, UnaryStep plainly, Quantity firstToDiffer) {
    var check = ExpressionCheck.of(1, DrawnExpression.of(inGraph), DrawnExpression.of(plainly));
    assertThat(check.differs()).isTrue();
    for (Quantity quantity : Quantity.values()) {
      if (quantity == firstToDiffer) {
        break;
      }
      assertThat(check.distances().get(quantity)).isZero();
    }
    assertThat(check.distances().get(firstToDiffer)).isGreaterThan(0.01);
  }

  /**
   * A second derivative that is zero, of {@code (m / m)^-2} for a small maximum {@code m}; and
   * {@code x² log(relu(x² / x²))}, which is all rounding.
   */
  @ParameterizedTest
  @ValueSource(longs = {2942, 6793})
  void roundingIsNoFault(long seed) {
    ExpressionCheck check = ExpressionCheck.of(seed);
    assertThat(check.isUnsound()).isFalse();
    assertThat(check.differs()).isFalse();
  }

  /** Half of the gradient of {@code x stop(x)} is missing, and so is all of its second one. */
  @Test
  void aPartOfAGradientIsMissed() {
    var check =
        ExpressionCheck.of(
            1,
            DrawnExpression.of(BinaryStep.MUL, UnaryStep.STOPPED),
            DrawnExpression.of(UnaryStep.SQUARE));
    assertThat(check.distances().get(Quantity.VALUES)).isZero();
    assertThat(check.distances().get(Quantity.GRADIENT)).isCloseTo(0.5, within(1e-5));
    assertThat(check.distances().get(Quantity.SECOND)).isCloseTo(1, within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"RELU, TANH", "SQUARE, ABS", "SIGN, SQUARE", "MAX, LOG"})
  void aWrongProofIsRefuted(UnaryStep proven, UnaryStep truth) {
    var check = ExpressionCheck.of(1, DrawnExpression.of(proven), DrawnExpression.of(truth));
    assertThat(check.proven()).isPresent();
    assertThat(check.isUnsound()).isTrue();
  }

  /** Differences know nothing of the chain rule; steps of 1e-6 leave 1e-10 and rounding. */
  @Test
  void thePlainLoopsHaveTheDerivativesOfTheirValues() {
    int compared = 0;
    for (long seed = 0; seed < 300; seed++) {
      DataRandom random = new DataRandom(seed);
      double[] x = normal(random);
      double[] direction = normal(random);
      compared += agrees(DrawnExpression.draw(seed), x, direction) ? 1 : 0;
    }
    assertThat(compared).isGreaterThan(150);
  }

  private static double[] normal(DataRandom random) {
    double[] values = new double[DrawnExpression.WIDTH];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  private static boolean agrees(DrawnExpression expression, double[] x, double[] direction) {
    PlainPoint here = at(expression, x, direction);
    // What is stopped has values and no derivatives, on purpose.
    boolean stopped = expression.functions().contains(UnaryStep.STOPPED);
    if (stopped || here.closestChoice() < 1e-2 || !here.isInRange(1e3)) {
      return false;
    }
    double step = 1e-6;
    PlainPoint up = at(expression, moved(x, direction, step), direction);
    PlainPoint down = at(expression, moved(x, direction, -step), direction);
    double along = 0;
    for (int i = 0; i < x.length; i++) {
      along += here.gradient()[i] * direction[i];
      assertThat(here.second()[i])
          .as("%s", expression)
          .isCloseTo((up.gradient()[i] - down.gradient()[i]) / (2 * step), within(1e-3));
    }
    assertThat(along)
        .as("%s", expression)
        .isCloseTo((sum(up.values()) - sum(down.values())) / (2 * step), within(1e-3));
    return true;
  }

  private static PlainPoint at(DrawnExpression expression, double[] x, double[] direction) {
    return PlainPoint.of(expression, x, direction, DoubleUnaryOperator.identity());
  }

  private static double[] moved(double[] x, double[] direction, double by) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
