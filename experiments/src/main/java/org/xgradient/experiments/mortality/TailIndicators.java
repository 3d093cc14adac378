package org.xgradient.experiments.mortality;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.xgradient.data.DataException;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * Expands the 18 features of the NHANES I subset to 118, most of them flags that are rarely set, as
 * the sparsity experiment has them.
 *
 * <p>In order: the 16 measured columns as they are; for each of them six flags, whether it lies
 * below its quantile at 2, 5 and 10 % or above that at 90, 95 and 98 % (no if it is missing); the
 * sex and the race as flags; and three flags for missing measurements. The quantiles interpolate
 * linearly between the numbers of all rows; no label enters.
 */
public final class TailIndicators {

  private static final String SEX = "Sex";
  private static final String RACE = "Race";
  private static final int[] LOWER_PERCENT = {2, 5, 10};
  private static final int[] UPPER_PERCENT = {90, 95, 98};

  private TailIndicators() {}

  /**
   * Expands a table.
   *
   * @param subset numeric columns, among them {@code Sex} (1 male, 2 female), {@code Race} (1, 2 or
   *     3), {@code Pulse pressure}, {@code Sedimentation rate} and {@code White blood cells}
   * @return the expansion: 7 columns for each one but the sex and the race, and 6 more
   * @throws DataException if a column is not there or not numeric
   */
  public static Table expand(Table subset) {
    ImmutableList<NumericColumn> measured =
        subset.columns().stream()
            .filter(column -> !column.name().equals(SEX) && !column.name().equals(RACE))
            .map(column -> subset.numeric(column.name()))
            .collect(toImmutableList());
    List<NumericColumn> expanded = new ArrayList<>(measured);
    measured.forEach(column -> addTails(column, expanded));
    NumericColumn race = subset.numeric(RACE);
    expanded.add(flag("isFemale", subset.numeric(SEX), sex -> sex == 2));
    expanded.add(flag("race_2", race, code -> code == 2));
    expanded.add(flag("race_3", race, code -> code == 3));
    expanded.add(flag("bp_missing", subset.numeric("Pulse pressure"), Double::isNaN));
    expanded.add(flag("sed_missing", subset.numeric("Sedimentation rate"), Double::isNaN));
    expanded.add(flag("wbc_missing", subset.numeric("White blood cells"), Double::isNaN));
    return Table.of(expanded);
  }

  private static void addTails(NumericColumn column, List<NumericColumn> expanded) {
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    percentile.setData(
        IntStream.range(0, column.rows())
            .filter(row -> !column.isMissing(row))
            .mapToDouble(column::value)
            .toArray());
    for (int percent : LOWER_PERCENT) {
      double bound = percentile.evaluate(percent);
      expanded.add(flag(column.name() + " < " + percent + "%", column, value -> value < bound));
    }
    for (int percent : UPPER_PERCENT) {
      double bound = percentile.evaluate(percent);
      expanded.add(flag(column.name() + " > " + percent + "%", column, value -> value > bound));
    }
  }

  private static NumericColumn flag(String name, NumericColumn of, DoublePredicate set) {
    double[] flags = new double[of.rows()];
    Arrays.setAll(flags, row -> set.test(of.value(row)) ? 1 : 0);
    return NumericColumn.of(name, flags);
  }
}
