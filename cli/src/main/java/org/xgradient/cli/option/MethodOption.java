package org.xgradient.cli.option;

import java.util.Optional;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.attribution.RrrGradient;
import org.xgradient.attribution.Saliency;
import org.xgradient.attribution.XGradient;

/** The names of attribution methods on the command line. */
public enum MethodOption {
  /** X-Gradient where it is exact, else Integrated Gradients. */
  AUTO,
  /** X-Gradient. */
  XG,
  /** Integrated Gradients. */
  IG,
  /** Expected Gradients. */
  EG,
  /** The gradient. */
  GRAD,
  /** The absolute gradient. */
  SALIENCY,
  /** Input times gradient. */
  IXG,
  /** The gradient of the summed log-probabilities. */
  RRR,
  /** Random numbers. */
  RANDOM;

  static final String NAMES =
      "auto (xg where it is exact, else ig), xg, ig, eg, grad, saliency, ixg, rrr, random";

  /** {@return whether something is drawn at random} */
  public boolean draws() {
    return this == EG || this == RANDOM;
  }

  /**
   * The method.
   *
   * @param steps the steps of Integrated Gradients
   * @param draws the references that each row meets in Expected Gradients
   * @param references where these come from; empty if there are none
   * @return the method
   * @throws IllegalArgumentException for Expected Gradients without references, and for {@link
   *     #AUTO}, which is a choice and not a method
   */
  public AttributionMethod method(
      int steps, int draws, Optional<ReferenceDistribution> references) {
    return switch (this) {
      case AUTO ->
          throw new IllegalArgumentException("auto can't be used here; choose one of " + NAMES);
      case XG -> new XGradient();
      case IG -> new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(steps));
      case EG ->
          new ExpectedGradients(
              references.orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "method eg needs references; give rows with --references FILE.csv")),
              draws);
      case GRAD -> new Gradient();
      case SALIENCY -> new Saliency();
      case IXG -> new InputXGradient();
      case RRR -> new RrrGradient();
      case RANDOM -> new RandomAttribution();
    };
  }
}
