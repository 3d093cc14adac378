package org.xgradient.cli.train.report;

import java.util.ArrayList;
import java.util.List;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaPoint;
import org.xgradient.training.LambdaRule;

/** The weights of a prior that were tried, on the validation rows. */
public final class PathTable {

  private PathTable() {}

  /**
   * The weights.
   *
   * @param path what came of them
   * @param masked what a mask keeps a model from, such as columns
   */
  public static ReportTable of(LambdaPath path, String masked) {
    var builder =
        ReportTable.titled("The weight of the prior, on the validation rows")
            .number("lambda", "loss", "metric", "prior");
    if (path.leftOut().isPresent()) {
      builder.number("decisions changed by a swap, %", "metric after it");
    }
    builder.number("best epoch").text("");
    for (int i = 0; i < path.points().size(); i++) {
      LambdaPoint point = path.points().get(i);
      String note = i == path.chosen() ? "taken" : "";
      row(builder, point, Numbers.significant(point.lambda(), 3), note);
    }
    path.leftOut().ifPresent(point -> row(builder, point, "", "without the " + masked));
    return builder.footnote(why(path, masked)).build();
  }

  private static void row(
      ReportTable.Builder builder, LambdaPoint point, String lambda, String note) {
    List<String> cells = new ArrayList<>();
    cells.add(lambda);
    cells.add(Numbers.significant(point.loss(), 4));
    cells.add(Numbers.significant(point.metric(), 4));
    cells.add(Numbers.significant(point.penalties().get(0), 3));
    point
        .swap()
        .ifPresent(
            swap -> {
              cells.add(Numbers.significant(100 * swap.changed(), 3));
              cells.add(Numbers.significant(swap.metricAfter(), 4));
            });
    cells.add(Numbers.count(point.training().bestEpoch() + 1));
    cells.add(note);
    builder.row(cells);
  }

  private static String why(LambdaPath path, String masked) {
    if (path.rule() instanceof LambdaRule.Given) {
      return "The weight was given.";
    }
    if (path.rule() instanceof LambdaRule.WeakestIndependent rule) {
      return path.isKept()
          ? "The smallest weight at which a swap changes at most %s %% of the decisions and %s of the metric."
              .formatted(
                  Numbers.significant(100 * rule.changed(), 2),
                  Numbers.significant(rule.metricChange(), 2))
          : "No weight keeps the decisions as they are when the %s are swapped; the largest was taken."
              .formatted(masked);
    }
    return "The largest weight whose loss is within one standard error of the best one, or"
        + " --tolerance, and whose metric is as good.";
  }
}
