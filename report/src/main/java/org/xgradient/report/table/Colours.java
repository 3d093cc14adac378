package org.xgradient.report.table;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.report.chart.Shading;

/**
 * The colours of rows by the cells of a column.
 *
 * @param shares where each row stands: a place in the order of the cells, or the number of a level;
 *     NaN for neither
 * @param shading what that means
 */
record Colours(ImmutableDoubleArray shares, Shading shading) {

  /** More colours are hard to tell apart, and the next of the palette from white. */
  private static final int MOST_LEVELS = 4;

  /** One colour for all. */
  static Colours plain(int rows) {
    return new Colours(ImmutableDoubleArray.copyOf(new double[rows]), Shading.plain());
  }

  static Colours of(AttributedRows rows, int column) {
    String name = rows.columns().get(column).name();
    if (!rows.isOrdered(column)) {
      return ofLevels(name, (CategoricalColumn) rows.columns().get(column));
    }
    ImmutableDoubleArray shares = rows.shares(column);
    String none = shares.stream().anyMatch(Double::isNaN) ? name + " missing" : "";
    return new Colours(
        shares,
        rows.columns().get(column) instanceof CategoricalColumn levels
            ? Shading.ofOrder(
                name + " = " + levels.levels().get(0), name + " = " + levels.levels().get(1), none)
            : Shading.ofOrder("low " + name, "high " + name, none));
  }

  /** The most frequent levels have a colour. */
  private static Colours ofLevels(String name, CategoricalColumn levels) {
    int[] counts = new int[levels.levels().size()];
    IntStream.range(0, levels.rows())
        .filter(row -> !levels.isMissing(row))
        .forEach(row -> counts[levels.code(row)]++);
    ImmutableList<Integer> shown =
        IntStream.range(0, counts.length)
            .boxed()
            .filter(level -> counts[level] > 0)
            .sorted(Comparator.comparingInt(level -> -counts[level]))
            .limit(MOST_LEVELS)
            .collect(ImmutableList.toImmutableList());
    double[] shares = new double[levels.rows()];
    for (int row = 0; row < shares.length; row++) {
      int place = levels.isMissing(row) ? -1 : shown.indexOf(levels.code(row));
      shares[row] = place < 0 ? Double.NaN : place;
    }
    return new Colours(
        ImmutableDoubleArray.copyOf(shares),
        Shading.ofLevels(
            shown.stream().map(level -> name + " = " + levels.levels().get(level)).toList(),
            Arrays.stream(shares).anyMatch(Double::isNaN) ? "another " + name : ""));
  }
}
