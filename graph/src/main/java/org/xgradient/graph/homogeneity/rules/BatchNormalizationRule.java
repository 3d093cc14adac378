package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * Batch normalisation: {@code γ (x - μ) / √(σ² + ε) + β}, a scale and the shift {@code β - γ μ /
 * √(σ² + ε)} at inference, which is homogeneous if and only if the shift is zero; it is not enough
 * that {@code β} is.
 */
public final class BatchNormalizationRule {

  public static final ImmutableMap<String, ScalingRule> ALL =
      ImmutableMap.of(
          "FusedBatchNorm", BatchNormalizationRule::verdict,
          "FusedBatchNormV2", BatchNormalizationRule::verdict,
          "FusedBatchNormV3", BatchNormalizationRule::verdict);

  private static final int INPUTS = 0;
  private static final int GAMMA = 1;
  private static final int BETA = 2;
  private static final int MEAN = 3;
  private static final int VARIANCE = 4;

  /** A beta that was computed in floats to cancel the mean is off by a few roundings. */
  private static final double ROUNDING = 4 * Math.ulp(1f);

  private BatchNormalizationRule() {}

  private static Verdict verdict(ScaledOperation operation) {
    double degree = operation.degree(INPUTS);
    if (operation.attributes().getAttrBool("is_training")) {
      return Verdict.refused(
          "normalises by the statistics of the batch", "build it in inference mode", degree);
    }
    for (int i = GAMMA; i <= VARIANCE; i++) {
      if (!operation.scaling(i).isIndependent()) {
        return Verdict.mismatched(
            "its operand %s depends on the inputs".formatted(operation.input(i).op().name()),
            "leave the normalisation out, or use Integrated Gradients",
            degree);
      }
    }
    return shift(operation, degree);
  }

  private static Verdict shift(ScaledOperation operation, double degree) {
    Verdict scales = Verdict.outputs(Scaling.homogeneous(degree), Scaling.independent());
    if (operation.values().isZero(operation.input(BETA))
        && operation.values().isZero(operation.input(MEAN))) {
      return scales;
    }
    String formula = "its shift, beta - gamma * mean / sqrt(variance + epsilon), ";
    Optional<Double> largest = largestShift(operation);
    if (largest.isEmpty()) {
      return Verdict.refused(
          formula + "is not known to be zero; beta is " + operation.describe(BETA),
          "remove it with BiasRemoval, or, if it is zero, let Homogeneity.of evaluate it with a"
              + " session",
          degree);
    }
    return largest.get() == 0
        ? scales
        : Verdict.refused(
            formula
                + "is not zero (%s at most); beta is %s"
                    .formatted(largest.get().floatValue(), operation.describe(BETA)),
            "remove it with BiasRemoval",
            degree);
  }

  private static Optional<Double> largestShift(ScaledOperation operation) {
    double[] gamma = operation.values(GAMMA).orElse(null);
    double[] beta = operation.values(BETA).orElse(null);
    double[] mean = operation.values(MEAN).orElse(null);
    double[] variance = operation.values(VARIANCE).orElse(null);
    if (gamma == null || beta == null || mean == null || variance == null) {
      return Optional.empty();
    }
    double epsilon = operation.attributes().getAttrFloat("epsilon");
    double largest = 0;
    for (int c = 0; c < beta.length; c++) {
      double shift = beta[c] - gamma[c] * mean[c] / Math.sqrt(variance[c] + epsilon);
      if (Math.abs(shift) > ROUNDING * Math.abs(beta[c])) {
        largest = Math.max(largest, Math.abs(shift));
      }
    }
    return Optional.of(largest);
  }
}
