package org.xgradient.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.attribution.Quadrature.Rule;

class QuadratureTest {

  /** n roundings of half a unit in the last place of 1. */
  private static final double ROUNDING = 300 * 1.2e-16;

  @ParameterizedTest
  @EnumSource
  void weightsSumToOne(Rule rule) {
    for (int steps : new int[] {1, 2, 3, 7, 50, 128, 300}) {
      assertThat(Quadrature.of(rule, steps).weights().stream().sum())
          .as("%s with %d steps", rule, steps)
          .isCloseTo(1, within(ROUNDING));
    }
  }

  @Test
  void refusesWhatIsNoRule() {
    refuses(new double[] {0.5}, new double[] {0.5, 0.5}, "one weight for each node");
    refuses(new double[] {}, new double[] {}, "at least one");
    refuses(new double[] {0.5, 1.5}, new double[] {0.5, 0.5}, "in [0, 1], found 1.5 at 1");
    refuses(new double[] {0.5, 0.25}, new double[] {0.5, 0.5}, "increase");
    refuses(new double[] {Double.NaN}, new double[] {1}, "found NaN");
    refuses(new double[] {0.25, 0.5}, new double[] {0.5, 0.25}, "sum to 1, found 0.75");
    refuses(new double[] {0.5}, new double[] {Double.NaN}, "sum to 1, found NaN");
  }

  private static void refuses(double[] nodes, double[] weights, String message) {
    assertThatThrownBy(
            () ->
                new Quadrature(
                    Rule.MIDPOINT,
                    ImmutableDoubleArray.copyOf(nodes),
                    ImmutableDoubleArray.copyOf(weights)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @EnumSource
  void isExactForThePolynomialsItMustBeExactFor(Rule rule) {
    for (int steps : new int[] {1, 2, 3, 7, 20}) {
      int degree =
          switch (rule) {
            case GAUSS_LEGENDRE -> 2 * steps - 1;
            case MIDPOINT, TRAPEZOID -> 1;
            case RIEMANN_LEFT, RIEMANN_RIGHT -> 0;
          };
      Quadrature quadrature = Quadrature.of(rule, steps);
      for (int power = 0; power <= degree; power++) {
        assertThat(integrate(quadrature, power))
            .as("integral of x^%d by %s with %d steps", power, rule, steps)
            .isCloseTo(1.0 / (power + 1), within(1e-14));
      }
      assertThat(Math.abs(integrate(quadrature, degree + 1) - 1.0 / (degree + 2)))
          .as("%s with %d steps is not exact beyond degree %d", rule, steps, degree)
          .isGreaterThan(steps == 20 && rule == Rule.GAUSS_LEGENDRE ? -1 : 1e-14);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodesIncreaseWithinTheUnitInterval(Rule rule) {
    double[] nodes = Quadrature.of(rule, 128).nodes().toArray();
    assertThat(nodes).isSorted();
    assertThat(nodes[0]).isBetween(0.0, 1.0);
    assertThat(nodes[nodes.length - 1]).isBetween(0.0, 1.0);
    boolean startsAtZero = rule == Rule.RIEMANN_LEFT || rule == Rule.TRAPEZOID;
    assertThat(nodes[0] == 0).isEqualTo(startsAtZero);
  }

  /** The five-point rule in closed form, mapped from [-1, 1] to [0, 1]. */
  @Test
  void gaussLegendreHasTheKnownNodesAndWeights() {
    double inner = Math.sqrt(5 - 2 * Math.sqrt(10.0 / 7)) / 3;
    double outer = Math.sqrt(5 + 2 * Math.sqrt(10.0 / 7)) / 3;
    double innerWeight = (322 + 13 * Math.sqrt(70)) / 1800;
    double outerWeight = (322 - 13 * Math.sqrt(70)) / 1800;
    Quadrature rule = Quadrature.gaussLegendre(5);
    assertThat(rule.nodes().toArray())
        .containsExactly(
            new double[] {(1 - outer) / 2, (1 - inner) / 2, 0.5, (1 + inner) / 2, (1 + outer) / 2},
            within(1e-15));
    assertThat(rule.weights().toArray())
        .containsExactly(
            new double[] {outerWeight, innerWeight, 64 / 225.0, innerWeight, outerWeight},
            within(1e-15));
  }

  @Test
  void onlyTheTrapezoidRuleHasOneNodeMoreThanSteps() {
    for (Rule rule : Rule.values()) {
      int expected = rule == Rule.TRAPEZOID ? 11 : 10;
      assertThat(Quadrature.of(rule, 10).points()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void refusesARuleWithoutSteps(int steps) {
    for (Rule rule : Rule.values()) {
      assertThatThrownBy(() -> Quadrature.of(rule, steps))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("steps must be at least 1, found " + steps);
    }
  }

  private static double integrate(Quadrature rule, int power) {
    double sum = 0;
    for (int k = 0; k < rule.points(); k++) {
      sum += rule.weights().get(k) * Math.pow(rule.nodes().get(k), power);
    }
    return sum;
  }
}
