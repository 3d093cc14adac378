package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.masking.MaskingCurve;

/**
 * A masking curve with its confidence band.
 *
 * @param metric the metric
 * @param curve the curve
 * @param band an interval for each fraction
 */
public record BandedCurve(
    EvaluationMetric metric, MaskingCurve curve, ImmutableList<ConfidenceInterval> band) {

  static BandedCurve of(EvaluationMetric metric, MaskingCurve curve, Bootstrap bootstrap) {
    return new BandedCurve(metric, curve, curve.band(bootstrap));
  }

  double[] lower() {
    return band.stream().mapToDouble(ConfidenceInterval::lower).toArray();
  }

  double[] upper() {
    return band.stream().mapToDouble(ConfidenceInterval::upper).toArray();
  }
}
