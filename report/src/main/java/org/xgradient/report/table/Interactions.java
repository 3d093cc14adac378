package org.xgradient.report.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xgradient.data.table.CategoricalColumn;

/**
 * Which other column decides most of what a cell adds, among rows whose cells are alike.
 *
 * <p>The rows are cut into groups by the column's own cells; in each, the squared correlation
 * between contributions and the ranks of another column, or the correlation ratio with its levels,
 * says what share of what is left that column accounts for. The mean over the groups, weighted by
 * what is left in each, is the column's share.
 */
final class Interactions {

  /** Below this share nothing is worth a colour. */
  private static final double LEAST_SHARE = 0.1;

  private static final int GROUPS = 10;
  private static final int FEWEST = 12;

  private Interactions() {}

  /**
   * Finds the column.
   *
   * @param rows the rows
   * @param column the column whose contributions are looked at
   * @return the other column; empty if none accounts for a tenth of what is left
   */
  static OptionalInt strongest(AttributedRows rows, int column) {
    int[][] groups = groups(rows, column);
    double[] contributions = rows.contributionsOf(column);
    OptionalInt best = OptionalInt.empty();
    double most = LEAST_SHARE;
    for (int other = 0; other < rows.columns().size(); other++) {
      if (other == column) {
        continue;
      }
      double share =
          rows.isOrdered(other)
              ? share(groups, contributions, rows.shares(other).toArray())
              : shareOfLevels(groups, contributions, (CategoricalColumn) rows.columns().get(other));
      if (share > most) {
        most = share;
        best = OptionalInt.of(other);
      }
    }
    return best;
  }

  private static int[][] groups(AttributedRows rows, int column) {
    if (rows.columns().get(column) instanceof CategoricalColumn levels) {
      return IntStream.range(-1, levels.levels().size())
          .mapToObj(
              code ->
                  IntStream.range(0, rows.rows()).filter(row -> levels.code(row) == code).toArray())
          .toArray(int[][]::new);
    }
    double[] values = rows.ordered(column);
    int[] order =
        IntStream.range(0, rows.rows())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> values[row]))
            .mapToInt(row -> row)
            .toArray();
    int count = Math.max(1, Math.min(GROUPS, rows.rows() / FEWEST));
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Arrays.copyOfRange(order, order.length * i / count, order.length * (i + 1) / count))
        .toArray(int[][]::new);
  }

  /**
   * The part of the variation within the groups that the means of the levels explain, less what as
   * many levels drawn by lot would (Kelley's epsilon squared).
   */
  private static double shareOfLevels(
      int[][] groups, double[] contributions, CategoricalColumn levels) {
    double explained = 0;
    double all = 0;
    for (int[] group : groups) {
      if (group.length < FEWEST) {
        continue;
      }
      Map<Integer, List<Double>> byLevel = new HashMap<>();
      for (int row : group) {
        byLevel
            .computeIfAbsent(levels.code(row), code -> new ArrayList<>())
            .add(contributions[row]);
      }
      double within = byLevel.values().stream().mapToDouble(Interactions::squares).sum();
      double total = squares(Arrays.stream(group).mapToObj(row -> contributions[row]).toList());
      int free = group.length - byLevel.size();
      double byLot = free == 0 ? total : (byLevel.size() - 1) * within / free;
      all += total;
      explained += Math.max(0, total - within - byLot);
    }
    return all == 0 ? 0 : explained / all;
  }

  /** The squared distances from the mean. */
  private static double squares(List<Double> values) {
    double mean = values.stream().mapToDouble(value -> value).average().orElse(0);
    return values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
  }

  /** The part of the variation within the groups that a straight line on the ranks explains. */
  private static double share(int[][] groups, double[] contributions, double[] ranks) {
    double explained = 0;
    double all = 0;
    for (int[] group : groups) {
      int[] known = Arrays.stream(group).filter(row -> !Double.isNaN(ranks[row])).toArray();
      if (known.length < FEWEST) {
        continue;
      }
      double yMean = Arrays.stream(known).mapToDouble(r -> contributions[r]).average().orElse(0);
      double xMean = Arrays.stream(known).mapToDouble(r -> ranks[r]).average().orElse(0);
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int row : known) {
        double x = ranks[row] - xMean;
        double y = contributions[row] - yMean;
        xx += x * x;
        yy += y * y;
        xy += x * y;
      }
      all += yy;
      explained += xx == 0 ? 0 : xy * xy / xx;
    }
    return all == 0 ? 0 : explained / all;
  }
}
