package org.xgradient.experiments.promises;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.promises.PromisesExperiment.Result;
import org.xgradient.experiments.promises.PromisesExperiment.Task;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.PriorReport;

/**
 * What came of a promise over the splits of a table.
 *
 * @param task the first piece
 * @param halved whether at most half the columns must be in use with the sparsity prior
 * @param results the results of all splits, at least two
 */
public record PromiseSummary(Task task, boolean halved, ImmutableList<Result> results) {

  private static final double CONFIDENCE = 0.95;

  /** The largest log loss, as a multiple of the reference and a margin. */
  private static final double TIMES = 1.15;

  private static final double MARGIN = 0.02;

  /** How far R² may be below that of the reference. */
  private static final double LOWER = 0.03;

  /**
   * The mean of something over the splits.
   *
   * @param value what
   * @return the mean with its error
   */
  public SampleMean mean(ToDoubleFunction<Result> value) {
    return SampleMean.of(results, value);
  }

  /** {@return the interval of the metric less that of the other model, in pairs} */
  public ConfidenceInterval gain() {
    return PairedDifference.of(
            results.stream().mapToDouble(Result::metric).toArray(),
            results.stream().mapToDouble(Result::otherMetric).toArray())
        .interval(CONFIDENCE);
  }

  /** {@return whether each promise is kept, in a sentence} */
  public ImmutableList<Finding> findings() {
    return switch (task.promise()) {
      case NONE -> ImmutableList.of(quality());
      case MASK -> ImmutableList.of(independence(), steady(), cost("a model without the column"));
      case GINI -> ImmutableList.of(cost("no prior"), fewer());
    };
  }

  private boolean isRegression() {
    return results.stream().anyMatch(Result::regression);
  }

  private Finding quality() {
    if (isRegression()) {
      double own = mean(Result::metric).mean();
      double other = mean(Result::otherMetric).mean();
      return finding(
          own >= other - LOWER,
          "R2 without a prior is %.3f, that of the reference %.3f (at most %.2f below)",
          own,
          other,
          LOWER);
    }
    double loss = mean(Result::loss).mean();
    double reference = mean(Result::otherLoss).mean();
    double limit = TIMES * reference + MARGIN;
    return finding(
        loss <= limit,
        "the loss without a prior is %.3f, that of the reference %.3f (at most %.3f)",
        loss,
        reference,
        limit);
  }

  private Finding independence() {
    double changed = mean(Result::changed).mean();
    return finding(
        changed <= WeakestIndependent.CHANGED,
        isRegression()
            ? "a swap of %s changes the output by %.2f %% of the label's deviation (at most %.0f %%)"
            : "a swap of %s changes %.2f %% of the decisions (at most %.0f %%)",
        task.column(),
        100 * changed,
        100 * WeakestIndependent.CHANGED);
  }

  private Finding steady() {
    double before = mean(Result::metric).mean();
    double after = mean(Result::metricAfter).mean();
    return finding(
        Math.abs(before - after) <= WeakestIndependent.METRIC_FALL,
        "the metric is %.3f, after a swap of %s %.3f (within %.2f)",
        before,
        task.column(),
        after,
        WeakestIndependent.METRIC_FALL);
  }

  private Finding cost(String other) {
    ConfidenceInterval gain = gain();
    boolean shown = gain.lower() > -PriorReport.COST;
    return finding(
        shown
            ? Verdict.AGREES
            : gain.upper() > -PriorReport.COST ? Verdict.UNDECIDED : Verdict.DIFFERS,
        "the metric less that of %s%s is %.3f to %.3f (above %.2f)",
        other,
        task.column().isEmpty() ? "" : " " + task.column(),
        gain.lower(),
        gain.upper(),
        -PriorReport.COST);
  }

  private Finding fewer() {
    double columns = mean(Result::columns).mean();
    double before = mean(Result::otherColumns).mean();
    return finding(
        columns <= (halved ? before / 2 : before),
        "%.1f columns carry 99 %% of the attribution, %.1f without the prior (%s)",
        columns,
        before,
        halved ? "at most half" : "no more");
  }

  private Finding finding(boolean kept, String text, Object... values) {
    return finding(kept ? Verdict.AGREES : Verdict.DIFFERS, text, values);
  }

  private Finding finding(Verdict verdict, String text, Object... values) {
    String name = task.table() + ", " + task.promise().name().toLowerCase(Locale.ROOT);
    return new Finding(
        "%s: %s: %s.".formatted(name, told(verdict), String.format(Locale.ROOT, text, values)),
        verdict);
  }

  private static String told(Verdict verdict) {
    return switch (verdict) {
      case AGREES -> "kept";
      case DIFFERS -> "NOT KEPT";
      case UNDECIDED -> "not shown, more splits would tell";
    };
  }
}
