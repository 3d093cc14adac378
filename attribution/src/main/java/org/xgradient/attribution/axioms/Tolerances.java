package org.xgradient.attribution.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ConvergedExpectedGradients;
import org.xgradient.attribution.PathMethod;

/**
 * Up to which violation an axiom counts as holding. Violations are relative to the largest absolute
 * value that a check compares.
 *
 * @param rounding allowed for everywhere: attributions are sums of float32 products in another
 *     order, which puts them some 1e-6 off in networks of common depths and widths
 * @param integration allowed for in {@link Axiom#COMPLETENESS}: what a sum of gradients over points
 *     of a path misses of the integral. All other axioms that the integral satisfies hold for the
 *     sum as well
 * @param unchanged changes of the output below this count as none in {@link Axiom#SENSITIVITY_A}
 */
public record Tolerances(double rounding, double integration, double unchanged) {

  private static final double ROUNDING = 1e-4;

  private static final double LARGEST_INTEGRATION = 0.05;

  private static final double UNCHANGED = 1e-3;

  /**
   * A tolerance.
   *
   * @param value the largest relative violation tolerated
   * @param reason what it allows for
   */
  record Tolerance(double value, String reason) {}

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative or not finite
   */
  public Tolerances {
    check("rounding", rounding);
    check("integration", integration);
    check("unchanged", unchanged);
  }

  /**
   * The defaults for a method: 1e-4 for rounding, 1e-3 for unchanged outputs. Integration: 0 for a
   * method that does not integrate; for one with {@code m} points, {@code 4/m} but at most 0.05.
   * Where the gradient jumps at a kink of a ReLU, the rule is off by at most the weight of one node
   * times the jump. No Gauss-Legendre weight on [0, 1] is above {@code π/(2m)}, and a gradient that
   * changes its sign jumps by twice itself. Expected Gradients, whose points are drawn, get nearer
   * by {@code 1/√m} only: give them a tolerance of your own.
   *
   * @param method the method
   * @return the tolerances
   */
  public static Tolerances of(AttributionMethod method) {
    int steps = stepsOf(method);
    double integration = steps == 0 ? 0 : Math.min(LARGEST_INTEGRATION, 4.0 / steps);
    return new Tolerances(ROUNDING, integration, UNCHANGED);
  }

  private static int stepsOf(AttributionMethod method) {
    if (method instanceof ConvergedExpectedGradients converged) {
      return converged.quadrature().points();
    }
    return method instanceof PathMethod path ? path.points() : 0;
  }

  /**
   * The same with another tolerance for rounding.
   *
   * @param rounding the tolerance
   * @return the tolerances
   */
  public Tolerances withRounding(double rounding) {
    return new Tolerances(rounding, integration, unchanged);
  }

  /**
   * The same with another tolerance for integration.
   *
   * @param integration the tolerance
   * @return the tolerances
   */
  public Tolerances withIntegration(double integration) {
    return new Tolerances(rounding, integration, unchanged);
  }

  Tolerance of(Axiom axiom) {
    return switch (axiom) {
      case SENSITIVITY_A -> new Tolerance(unchanged, "smaller changes of the output count as none");
      case COMPLETENESS ->
          integration > rounding
              ? new Tolerance(integration, "for the error of integration")
              : new Tolerance(rounding, "for rounding");
      case SENSITIVITY_B, IMPLEMENTATION_INVARIANCE, LINEARITY, SYMMETRY, HOMOGENEITY ->
          new Tolerance(rounding, "for rounding");
    };
  }

  private static void check(String name, double value) {
    checkArgument(
        value >= 0 && Double.isFinite(value),
        "the tolerance for %s must be at least 0 and finite, found %s",
        name,
        value);
  }
}
