package org.xgradient.experiments.sparsity;

import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.metrics.RelativeDifference;

/**
 * How far a method of one gradient agrees with Integrated Gradients on a model, and what both cost.
 *
 * @param relativeDifference the mean absolute difference over the mean absolute attribution of
 *     Integrated Gradients (FAA, Table 2, in the form of the authors' code)
 * @param fast the attributions by the fast method
 * @param integrated the attributions by Integrated Gradients with 128 steps
 * @param fastSeconds the median time of the fast method
 * @param integratedSeconds the median time of Integrated Gradients
 */
public record MethodAgreement(
    double relativeDifference,
    Attributions fast,
    Attributions integrated,
    double fastSeconds,
    double integratedSeconds) {

  private static final int ROUNDS = 5;

  /**
   * Measures both methods in turn.
   *
   * @param model the model
   * @param method the fast method
   * @param rows the inputs, of shape {@code [rows, ...]}
   * @return the agreement
   */
  public static MethodAgreement measure(
      BoundModel model, AttributionMethod method, FloatArray rows) {
    var fast = Attributor.of(model, method);
    var integrated = Attributor.of(model, IntegratedGradients.withDefaults());
    Attributions byFast = fast.attribute(rows);
    Attributions byIntegrated = integrated.attribute(rows);
    double[] fastTimes = new double[ROUNDS];
    double[] integratedTimes = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      fastTimes[round] = seconds(() -> fast.attribute(rows));
      integratedTimes[round] = seconds(() -> integrated.attribute(rows));
    }
    return new MethodAgreement(
        RelativeDifference.ofBatches(byIntegrated.values(), byFast.values(), rows.rows()),
        byFast,
        byIntegrated,
        new Median().evaluate(fastTimes),
        new Median().evaluate(integratedTimes));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
