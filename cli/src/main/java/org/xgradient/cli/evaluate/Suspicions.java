package org.xgradient.cli.evaluate;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.report.text.Numbers;

/** What in the scores of an evaluation a reader should not pass over. */
final class Suspicions {

  /** Rank correlation above which an explanation hardly depends on the parameters. */
  private static final double EXPLAINS_THE_INPUT = 0.8;

  /**
   * In the unit of the output: log-odds, or standard deviations of a number. What an automatic
   * choice asks for, too.
   */
  private static final double NOT_CONVERGED = 0.01;

  /** Numbers that depend on nothing: what the others are compared with, and no explanation. */
  static final String YARDSTICK = Ascii.toLowerCase(MethodOption.RANDOM.name());

  private static final String AUTO = Ascii.toLowerCase(MethodOption.AUTO.name());

  private Suspicions() {}

  /** Headings and texts, perhaps none. */
  static ImmutableMap<String, String> of(Evaluation evaluation) {
    ImmutableMap.Builder<String, String> found = ImmutableMap.builder();
    for (String method : evaluation.methods()) {
      if (method.equals(YARDSTICK)) {
        continue;
      }
      if (isAbove(evaluation, method, EvaluationMetric.RANDOMIZATION, EXPLAINS_THE_INPUT)) {
        found.put(
            method + " may explain the input more than the model",
            ("Its attributions keep a rank correlation of %s when all parameters of the model are"
                    + " permuted. Where few %s decide, or inputs differ much in size, some of that"
                    + " stays with any method that multiplies by the input: compare methods, and do not"
                    + " take it for a finding about the model.")
                .formatted(
                    value(evaluation, method, EvaluationMetric.RANDOMIZATION),
                    evaluation.wording().parts()));
      }
      if (isAbove(evaluation, method, EvaluationMetric.COMPLETENESS, NOT_CONVERGED)) {
        found.put(
            method + " does not add up",
            "Its completeness gap is %s: the attributions are an approximation that has not converged. Take more --steps or --draws%s."
                .formatted(
                    value(evaluation, method, EvaluationMetric.COMPLETENESS),
                    method.equals(AUTO) ? "" : ", or --methods auto"));
      }
    }
    return found.buildOrThrow();
  }

  private static boolean isAbove(
      Evaluation evaluation, String method, EvaluationMetric metric, double bound) {
    return evaluation.metrics().contains(metric)
        && evaluation.score(method, metric).value() > bound;
  }

  private static String value(Evaluation evaluation, String method, EvaluationMetric metric) {
    return Numbers.significant(evaluation.score(method, metric).value(), 2);
  }
}
