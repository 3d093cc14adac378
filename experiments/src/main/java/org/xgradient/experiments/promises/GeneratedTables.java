package org.xgradient.experiments.promises;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.DataRandom;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * Tables whose labels depend on a column that must not count, on one that goes with it, and on some
 * of many others: a binary task, one of three classes, a regression.
 */
final class GeneratedTables {

  private static final int ROWS = 600;
  private static final int COLUMNS = 12;
  private static final String LABEL = "label";
  private static final String MASKED = "group";

  private GeneratedTables() {}

  static ImmutableList<PromisedTable> all(long seed) {
    return ImmutableList.of(
        table("binary", 2, seed), table("classes", 3, seed), table("amount", 0, seed));
  }

  private static PromisedTable table(String name, int classes, long seed) {
    DataRandom random = new DataRandom(seed + classes);
    double[][] columns = new double[COLUMNS][ROWS];
    int[] group = new int[ROWS];
    double[] score = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      group[row] = random.nextInt(2);
      for (double[] column : columns) {
        column[row] = random.nextGaussian();
      }
      // A proxy of the group.
      columns[0][row] += group[row];
      score[row] =
          1.5 * group[row]
              + columns[1][row]
              - Math.abs(columns[2][row])
              + 0.5 * columns[0][row] * (1 - group[row])
              + 0.3 * random.nextGaussian();
    }
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      all.add(NumericColumn.of("x" + i, columns[i]));
    }
    all.add(CategoricalColumn.of(MASKED, List.of("a", "b"), group));
    all.add(classes == 0 ? NumericColumn.of(LABEL, score) : labels(score, classes));
    return new PromisedTable(
        name, "generated", Table.of(all), LABEL, Optional.empty(), List.of(MASKED));
  }

  private static CategoricalColumn labels(double[] score, int classes) {
    int[] codes = new int[score.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          classes == 2 ? (score[i] > 0.2 ? 1 : 0) : score[i] < -0.5 ? 0 : score[i] < 1 ? 1 : 2;
    }
    return CategoricalColumn.of(LABEL, List.of("low", "high", "top").subList(0, classes), codes);
  }
}
