package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.ProxyNetwork;
import org.xgradient.training.swap.Proxies;

/**
 * What carries the masked columns: how much of their variance the other columns together, each of
 * them and the output of the model explain, on rows that none of it was fitted to.
 *
 * @param columns a masked column each, with its carriers
 */
public record ProxyTable(ImmutableList<Carriers> columns) {

  /** Of the other columns, so many are told of on their own. */
  private static final int STRONGEST = 3;

  /** By how much the output must carry more than all other columns for a warning. */
  private static final double MORE = 0.2;

  /**
   * Shares of the variance of a masked column, in {@code [0, 1]}.
   *
   * @param column the masked column
   * @param lines what all other columns explain by straight lines
   * @param network what they explain by a small network
   * @param strongest what those columns explain each that explain most, by straight lines
   * @param output what the output of the model explains, by straight lines
   */
  record Carriers(
      String column,
      double lines,
      double network,
      ImmutableList<Map.Entry<String, Double>> strongest,
      double output) {}

  /**
   * Looks for the carriers.
   *
   * @param train the features of the rows to learn from
   * @param rows those of the rows to judge by, at least two
   * @param logits the outputs of the model on the latter
   * @param groups which features come from which column
   * @param masked the masked columns, not all of the columns
   * @param seed what draws start from
   */
  public static ProxyTable of(
      FloatArray train,
      FloatArray rows,
      FloatArray logits,
      ColumnGroups groups,
      List<String> masked,
      long seed) {
    List<String> others =
        groups.columns().stream().filter(column -> !masked.contains(column)).toList();
    ImmutableIntArray.Builder features = ImmutableIntArray.builder();
    others.forEach(other -> features.addAll(features(groups, other)));
    ImmutableIntArray all = features.build();
    FloatArray joined = join(rows, logits);
    ImmutableIntArray outputs =
        ImmutableIntArray.copyOf(IntStream.range(rows.rowSize(), joined.rowSize()));
    ImmutableList.Builder<Carriers> columns = ImmutableList.builder();
    for (String name : masked) {
      ImmutableIntArray target = features(groups, name);
      columns.add(
          new Carriers(
              name,
              Proxies.explained(rows, target, all),
              ProxyNetwork.explained(train, rows, target, all, seed),
              strongest(rows, target, groups, others),
              Proxies.explained(joined, target, outputs)));
    }
    return new ProxyTable(columns.build());
  }

  /**
   * {@return a sentence for each column that the output carries more of than all others seem to}
   */
  public ImmutableList<String> warnings() {
    return columns.stream()
        .filter(one -> one.output() > Math.max(one.lines(), one.network()) + MORE)
        .map(
            one ->
                "the output of the model carries %s %% of %s, more than the %s %% that all other columns seem to: something carries it that was not found here"
                    .formatted(
                        percent(one.output()),
                        one.column(),
                        percent(Math.max(one.lines(), one.network()))))
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return the table} */
  public ReportTable table() {
    var builder =
        ReportTable.titled("What carries the masked columns")
            .text("column", "by")
            .number("explained share of its variance, %");
    for (Carriers one : columns) {
      builder.row(one.column(), "all other columns, by a small network", percent(one.network()));
      builder.row(one.column(), "all other columns, by straight lines", percent(one.lines()));
      one.strongest()
          .forEach(other -> builder.row(one.column(), other.getKey(), percent(other.getValue())));
      builder.row(one.column(), "the output of the model", percent(one.output()));
    }
    return builder
        .footnote(
            "On rows that these were not fitted to; single columns and the output by straight lines."
                + " The prior makes the output independent of the column, all else equal; what other"
                + " columns carry of it stays.")
        .build();
  }

  private static ImmutableIntArray features(ColumnGroups groups, String column) {
    return groups.featuresOf(groups.columns().indexOf(column));
  }

  private static ImmutableList<Map.Entry<String, Double>> strongest(
      FloatArray rows, ImmutableIntArray target, ColumnGroups groups, List<String> others) {
    return others.stream()
        .map(other -> Map.entry(other, Proxies.explained(rows, target, features(groups, other))))
        .sorted(Comparator.comparingDouble((Map.Entry<String, Double> other) -> -other.getValue()))
        .limit(STRONGEST)
        .collect(ImmutableList.toImmutableList());
  }

  private static String percent(double share) {
    return Numbers.significant(100 * share, 3);
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
