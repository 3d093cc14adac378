package org.xgradient.benchmarks.campaign.points;

import org.xgradient.attribution.AdaptiveIntegratedGradients;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.Quadrature.Rule;

/** How Integrated Gradients spends gradients on a path from zero. */
enum PathRule {
  GAUSS_LEGENDRE("Gauss-Legendre"),
  RIEMANN_LEFT("Riemann left"),
  RIEMANN_RIGHT("Riemann right"),
  MIDPOINT("midpoint"),
  TRAPEZOID("trapezoid"),
  ADAPTIVE("adaptive");

  /** Never reached, so that the adaptive rule spends what it may, as the fixed ones do. */
  private static final double NO_TOLERANCE = 1e-12;

  private final String title;

  PathRule(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /**
   * The method that takes at most so many gradients for a row.
   *
   * @param gradients how many, at least 2
   */
  AttributionMethod method(int gradients) {
    if (this == ADAPTIVE) {
      return new AdaptiveIntegratedGradients(Baseline.zero(), NO_TOLERANCE, gradients);
    }
    // The trapezoid rule has one node more than steps.
    int steps = this == TRAPEZOID ? gradients - 1 : gradients;
    return new IntegratedGradients(Baseline.zero(), Quadrature.of(Rule.valueOf(name()), steps));
  }
}
