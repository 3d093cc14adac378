package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.Task;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaPoint;
import org.xgradient.training.LambdaRule;
import org.xgradient.training.LambdaRule.WeakestIndependent;
import org.xgradient.training.swap.SwapEffect;

/** The weights of a prior that were tried, on the validation rows. */
public final class PathTable {

  /** The heading of how many columns a model uses. */
  static final String IN_USE = "columns with 99 % of the attribution";

  /** The heading of the effect of a swap. */
  static final String DECISIONS_CHANGED = "decisions changed by a swap, %";

  /** That of a regression, which decides nothing. */
  static final String OUTPUT_CHANGED =
      "mean change of the output by a swap, % of the label's deviation";

  private PathTable() {}

  /**
   * The weights.
   *
   * @param path what came of them
   * @param masked what a mask keeps a model from, such as columns
   */
  public static ReportTable of(LambdaPath path, String masked) {
    return of(path, masked, ImmutableList.of());
  }

  /**
   * The weights of a prior on a table.
   *
   * @param path what came of them
   * @param masked what a mask keeps a model from, such as columns
   * @param inUse how many columns carry 99 % of the attribution with each weight; empty for a mask
   */
  public static ReportTable of(LambdaPath path, String masked, List<Integer> inUse) {
    var builder =
        ReportTable.titled("The weight of the prior, on the validation rows")
            .number("lambda", "loss", "metric", "prior");
    if (path.leftOut().isPresent()) {
      builder.number(changed(path.best()), "metric after it", "error of that change");
    }
    if (!inUse.isEmpty()) {
      builder.number(IN_USE);
    }
    builder.number("best epoch").text("");
    for (int i = 0; i < path.points().size(); i++) {
      LambdaPoint point = path.points().get(i);
      String note = i == path.chosen() ? "taken" : "";
      String columns = inUse.isEmpty() ? "" : Numbers.count(inUse.get(i));
      row(builder, point, Numbers.significant(point.lambda(), 3), columns, note);
    }
    path.leftOut().ifPresent(point -> row(builder, point, "", "", "without the " + masked));
    return builder.footnote(why(path, masked)).build();
  }

  private static void row(
      ReportTable.Builder builder, LambdaPoint point, String lambda, String columns, String note) {
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
              cells.add(Numbers.significant(swap.metricError(), 2));
            });
    if (!columns.isEmpty()) {
      cells.add(columns);
    }
    cells.add(Numbers.count(point.training().bestEpoch() + 1));
    cells.add(note);
    builder.row(cells);
  }

  private static String why(LambdaPath path, String masked) {
    if (path.rule() instanceof LambdaRule.Given) {
      return "The weight was given.";
    }
    if (path.rule() instanceof WeakestIndependent rule) {
      return demand(path, rule, masked);
    }
    return "The largest weight whose loss is within one standard error of the best one, or"
        + " --tolerance, and whose metric is as good.";
  }

  private static String demand(LambdaPath path, WeakestIndependent rule, String masked) {
    Optional<SwapEffect> swap = path.best().swap();
    if (swap.filter(effect -> effect.rows() == 0).isPresent()) {
      return "Nothing could be swapped, for all validation rows agree in the %s; the weight says nothing."
          .formatted(masked);
    }
    if (!path.isKept()) {
      return "No weight meets the demand, and the largest was taken: a swap of the %s still %s."
          .formatted(
              masked,
              swap.map(effect -> String.join(", and ", rule.failures(effect))).orElse("does more"));
    }
    return "The smallest weight at which a swap of the %s changes at most %s %% of %s, and lowers the metric by at most %s or the standard error of that change."
        .formatted(
            masked,
            Numbers.significant(100 * rule.changed(), 2),
            regression(path.best()) ? "the label's deviation" : "the decisions",
            Numbers.significant(rule.metricFall(), 2));
  }

  private static boolean regression(LambdaPoint point) {
    return point.swap().filter(effect -> effect.task() == Task.REGRESSION).isPresent();
  }

  private static String changed(LambdaPoint point) {
    return regression(point) ? OUTPUT_CHANGED : DECISIONS_CHANGED;
  }
}
