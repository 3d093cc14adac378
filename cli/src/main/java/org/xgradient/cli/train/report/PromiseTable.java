package org.xgradient.cli.train.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.Task;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.PriorFigures;
import org.xgradient.training.PriorReport;
import org.xgradient.training.swap.SwapEffect;

/** What a prior did, on the test rows. */
public final class PromiseTable {

  private PromiseTable() {}

  /**
   * The figures of the model, of one without the prior, and for a mask of one without the columns.
   *
   * @param report what the search came to
   * @param metric the name of the usual metric of the task
   * @param unit what one of the output of a regression is in the label's unit; 1 for classes
   */
  public static ReportTable of(PriorReport report, String metric, double unit) {
    Optional<SwapEffect> swap = report.with().swap();
    var builder =
        ReportTable.titled("What the prior did, on the %s rows".formatted(report.rows()))
            .text("")
            .number(metric, "loss", "prior", PathTable.IN_USE);
    swap.ifPresent(
        effect ->
            builder.number(
                "share of the masked, %",
                effect.task() == Task.REGRESSION
                    ? PathTable.OUTPUT_CHANGED
                    : PathTable.DECISIONS_CHANGED,
                effect.task() == Task.REGRESSION
                    ? "mean change, in the label's unit"
                    : "mean change of the probability",
                metric + " after it"));
    row(builder, "with the prior", report.with(), unit);
    report.without().ifPresent(none -> row(builder, "without it", none, unit));
    report.leftOut().ifPresent(left -> row(builder, "without the columns", left, unit));
    swap.filter(effect -> effect.rows() == 0)
        .ifPresent(
            effect ->
                builder.footnote(
                    "Nothing could be swapped, for all %s rows agree in the masked columns."
                        .formatted(report.rows())));
    report
        .gain()
        .filter(gain -> swap.isEmpty())
        .ifPresent(gain -> builder.footnote(gain(report, gain, metric)));
    if (report.rows().equals("validation")) {
      builder.footnote(
          "Without test rows, by those that chose the epoch and the weight; other rows will be"
              + " somewhat worse.");
    }
    return builder.build();
  }

  private static String gain(PriorReport report, ConfidenceInterval gain, String metric) {
    if (report.path().filter(path -> path.best().lambda() == 0).isPresent()) {
      return "The prior changed nothing: no weight was as good as none, which was taken.";
    }
    return "%s with the prior less without it, on the same rows: %s (95 %% interval: %s to %s)."
        .formatted(
            metric,
            Numbers.significant(
                report.with().metric() - report.without().orElseThrow().metric(), 2),
            Numbers.significant(gain.lower(), 2),
            Numbers.significant(gain.upper(), 2));
  }

  private static void row(
      ReportTable.Builder builder, String name, PriorFigures figures, double unit) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(Numbers.significant(figures.metric(), 4));
    cells.add(Numbers.significant(figures.loss(), 4));
    cells.add(Numbers.significant(figures.penalties().get(0), 3));
    cells.add(Numbers.count(figures.columns()));
    figures
        .swap()
        .ifPresent(
            swap -> {
              cells.add(
                  figures.share().map(share -> Numbers.significant(100 * share, 3)).orElse(""));
              cells.add(Numbers.significant(100 * swap.changed(), 3));
              cells.add(Numbers.significant(unit * swap.meanChange(), 3));
              cells.add(Numbers.significant(swap.metricAfter(), 4));
            });
    builder.row(cells);
  }
}
