package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.PriorFigures;
import org.xgradient.training.PriorReport;
import org.xgradient.training.swap.Proxies;

/** What a prior did, on the test rows. */
public final class PromiseTable {

  private PromiseTable() {}

  /**
   * The figures of the model, of one without the prior, and for a mask of one without the columns.
   *
   * @param report what the search came to
   * @param metric the name of the usual metric of the task
   */
  public static ReportTable of(PriorReport report, String metric) {
    boolean masked = report.with().swap().isPresent();
    var builder =
        ReportTable.titled("What the prior did, on the test rows")
            .text("")
            .number(metric, "loss", "prior", "columns with 99 % of the attribution");
    if (masked) {
      builder.number(
          "share of the masked, %",
          "decisions changed by a swap, %", "mean change", metric + " after it");
    }
    row(builder, "with the prior", report.with(), masked);
    row(builder, "without it", report.without(), masked);
    report.leftOut().ifPresent(left -> row(builder, "without the columns", left, masked));
    return builder.build();
  }

  private static void row(
      ReportTable.Builder builder, String name, PriorFigures figures, boolean masked) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(Numbers.significant(figures.metric(), 4));
    cells.add(Numbers.significant(figures.loss(), 4));
    cells.add(Numbers.significant(figures.penalties().get(0), 3));
    cells.add(Numbers.count(figures.columns()));
    if (masked) {
      cells.add(figures.share().map(share -> Numbers.significant(100 * share, 3)).orElse(""));
      var swap = figures.swap().orElseThrow();
      cells.add(Numbers.significant(100 * swap.changed(), 3));
      cells.add(Numbers.significant(swap.meanChange(), 3));
      cells.add(Numbers.significant(swap.metricAfter(), 4));
    }
    builder.row(cells);
  }

  /**
   * What carries the masked columns: how much of their variance the other columns together, each of
   * them and the output of the model explain.
   *
   * @param rows the features of the test rows
   * @param logits the outputs of the model on them
   * @param groups which features come from which column
   * @param masked the masked columns
   */
  public static ReportTable proxies(
      FloatArray rows, FloatArray logits, ColumnGroups groups, List<String> masked) {
    var builder =
        ReportTable.titled("What carries the masked columns")
            .text("column", "by")
            .number("explained share of its variance, %");
    for (String name : masked) {
      ImmutableIntArray target = features(groups, name);
      List<String> others =
          groups.columns().stream().filter(column -> !masked.contains(column)).toList();
      ImmutableIntArray.Builder all = ImmutableIntArray.builder();
      others.forEach(other -> all.addAll(features(groups, other)));
      builder.row(name, "all other columns", percent(rows, target, all.build()));
      strongest(rows, target, groups, others)
          .forEach(
              other -> builder.row(name, other, percent(rows, target, features(groups, other))));
      FloatArray joined = join(rows, logits);
      ImmutableIntArray.Builder outputs = ImmutableIntArray.builder();
      for (int i = 0; i < logits.rowSize(); i++) {
        outputs.add(rows.rowSize() + i);
      }
      builder.row(name, "the output of the model", percent(joined, target, outputs.build()));
    }
    return builder
        .footnote(
            "By straight lines, on rows that these were not fitted to. The prior makes the output"
                + " independent of the column, all else equal; what other columns carry of it stays.")
        .build();
  }

  private static ImmutableIntArray features(ColumnGroups groups, String column) {
    return groups.featuresOf(groups.columns().indexOf(column));
  }

  private static ImmutableList<String> strongest(
      FloatArray rows, ImmutableIntArray target, ColumnGroups groups, List<String> others) {
    return others.stream()
        .sorted(
            Comparator.comparingDouble(
                other -> -Proxies.explained(rows, target, features(groups, other))))
        .limit(3)
        .collect(ImmutableList.toImmutableList());
  }

  private static String percent(
      FloatArray rows, ImmutableIntArray target, ImmutableIntArray sources) {
    return Numbers.significant(100 * Proxies.explained(rows, target, sources), 3);
  }

  private static FloatArray join(FloatArray rows, FloatArray logits) {
    int width = rows.rowSize() + logits.rowSize();
    FloatArray joined = FloatArray.zeros(rows.rows(), width);
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(
          rows.values(), row * rows.rowSize(), joined.values(), row * width, rows.rowSize());
      System.arraycopy(
          logits.values(),
          row * logits.rowSize(),
          joined.values(),
          row * width + rows.rowSize(),
          logits.rowSize());
    }
    return joined;
  }
}
