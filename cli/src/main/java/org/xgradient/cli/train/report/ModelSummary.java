package org.xgradient.cli.train.report;

import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalDouble;
import org.xgradient.data.Split;
import org.xgradient.data.Task;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.TrainingResult;

/** What is printed at the end of a training on a table. */
public final class ModelSummary {

  private ModelSummary() {}

  /**
   * Rows and scores of the parts.
   *
   * @param judged the score on the validation rows, if there are any
   * @param score that on the test rows
   * @param before that on the test rows before the training, if the model was another's
   */
  public static ReportTable of(
      Task task,
      Split split,
      TrainingResult result,
      OptionalDouble judged,
      OptionalDouble score,
      OptionalDouble before) {
    var builder =
        ReportTable.titled("")
            .text("")
            .number("rows", metric(task))
            .row("training", count(split.train()), "")
            .row("validation", count(split.validation()), shown(judged))
            .row("test", count(split.test()), shown(score));
    if (before.isPresent()) {
      builder.row("test, before", count(split.test()), shown(before));
    }
    return builder
        .footnote(
            "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()))
        .build();
  }

  private static String shown(OptionalDouble score) {
    return score.isPresent() ? Numbers.significant(score.getAsDouble(), 4) : "";
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }

  /** {@return what the usual metric is called} */
  public static String metric(Task task) {
    return switch (task) {
      case BINARY -> "ROC-AUC";
      case MULTICLASS -> "accuracy";
      case REGRESSION -> "R²";
    };
  }
}
