package org.xgradient.cli.train.report;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Optional;
import org.xgradient.data.Split;
import org.xgradient.data.Task;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.TrainingResult;

/** What is printed at the end of a training on a table. */
public final class ModelSummary {

  private ModelSummary() {}

  /**
   * Rows and scores of the parts.
   *
   * @param judged the score on the validation rows
   * @param score that on the test rows
   * @param before that on the test rows before the training, if the model was another's
   */
  public static ReportTable of(
      Task task,
      Split split,
      TrainingResult result,
      PartScore judged,
      PartScore score,
      Optional<PartScore> before) {
    var builder =
        ReportTable.titled("")
            .text("")
            .number("rows", ModelMetric.of(task).name())
            .row("training", count(split.train()), "")
            .row("validation", count(split.validation()), judged.toString())
            .row("test", count(split.test()), score.toString());
    before.ifPresent(
        earlier -> builder.row("test, before", count(split.test()), earlier.toString()));
    return builder
        .footnote(
            "Best epoch: %d of %d.".formatted(result.bestEpoch() + 1, result.history().size()))
        .build();
  }

  private static String count(ImmutableIntArray rows) {
    return Numbers.count(rows.length());
  }
}
