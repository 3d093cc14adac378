package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * When an {@link AutomaticAttributor} is content.
 *
 * @param tolerance the largest completeness gap, as a share of the change of the output that is
 *     explained: mean absolute gap over mean absolute change
 * @param maxSteps the largest number of steps of Integrated Gradients; the tries before with fewer
 *     steps come on top, and are fewer than as many again
 * @param baseline where attributions start to count; X-Gradient counts from zero only
 * @param runs how the rows are run, and which output is explained
 */
public record AutomaticOptions(
    double tolerance, int maxSteps, Baseline baseline, AttributorOptions runs) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the tolerance is not positive, or there is no step to spend
   */
  public AutomaticOptions {
    checkArgument(tolerance > 0, "the tolerance must be positive, found %s", tolerance);
    checkArgument(maxSteps >= 1, "the number of steps must be at least 1, found %s", maxSteps);
  }

  /** {@return a gap of 1 percent, at most 512 steps, the zero baseline} */
  public static AutomaticOptions withDefaults() {
    return new AutomaticOptions(0.01, 512, Baseline.zero(), AttributorOptions.withDefaults());
  }

  /**
   * The same with another tolerance.
   *
   * @param tolerance the tolerance, positive
   * @return the options
   */
  public AutomaticOptions withTolerance(double tolerance) {
    return new AutomaticOptions(tolerance, maxSteps, baseline, runs);
  }

  /**
   * The same with another budget.
   *
   * @param maxSteps the largest number of steps, at least 1
   * @return the options
   */
  public AutomaticOptions withMaxSteps(int maxSteps) {
    return new AutomaticOptions(tolerance, maxSteps, baseline, runs);
  }

  /**
   * The same from another baseline.
   *
   * @param baseline the baseline
   * @return the options
   */
  public AutomaticOptions withBaseline(Baseline baseline) {
    return new AutomaticOptions(tolerance, maxSteps, baseline, runs);
  }

  /**
   * The same with other runs.
   *
   * @param runs how the rows are run
   * @return the options
   */
  public AutomaticOptions withRuns(AttributorOptions runs) {
    return new AutomaticOptions(tolerance, maxSteps, baseline, runs);
  }
}
