package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.xgradient.data.Provenance;
import org.xgradient.metrics.ParameterRandomization;

/**
 * What a comparison of methods found.
 *
 * @param wording what the inputs are called
 * @param methods the names of the methods
 * @param metrics what was measured
 * @param rows the number of rows
 * @param scores the scores: all metrics of the first method, then of the next
 * @param curves the masking curves, in the same order
 * @param examples some inputs, as the methods see them
 * @param randomizations the steps of {@link EvaluationMetric#RANDOMIZATION} by the method; empty if
 *     it was not measured
 * @param modelScores how well the model predicts these rows, by the name of the metric; NaN where
 *     the labels do not define it
 * @param provenance where the results came from
 */
public record Evaluation(
    Wording wording,
    ImmutableSet<String> methods,
    ImmutableSet<EvaluationMetric> metrics,
    int rows,
    ImmutableList<MethodScore> scores,
    ImmutableList<BandedCurve> curves,
    ExamplePart examples,
    ImmutableMap<String, ImmutableList<ParameterRandomization>> randomizations,
    ImmutableMap<String, Double> modelScores,
    Provenance provenance) {

  /** The level of all confidence intervals. */
  public static final double CONFIDENCE = 0.95;

  /**
   * The score of a method in a metric.
   *
   * @param method the name of the method
   * @param metric the metric
   * @return the score
   * @throws IllegalArgumentException if it was not measured
   */
  public MethodScore score(String method, EvaluationMetric metric) {
    return scores.stream()
        .filter(score -> score.method().equals(method) && score.metric() == metric)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s of %s was not measured; there are methods %s and metrics %s"
                        .formatted(metric, method, methods, metrics)));
  }

  /** {@return the curves of a metric, in the order of the methods} */
  ImmutableList<BandedCurve> curves(EvaluationMetric metric) {
    return curves.stream()
        .filter(curve -> curve.metric() == metric)
        .collect(ImmutableList.toImmutableList());
  }
}
