package org.xgradient.cli.page;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.TablePreprocessing;

/**
 * A column whose cells a page shows.
 *
 * @param name its name
 * @param reading how its cells are read
 * @param levels the levels that a model knows, in its order; empty for numbers
 */
public record ShownColumn(String name, ColumnReading reading, ImmutableList<String> levels) {

  boolean isNumeric() {
    return reading.type() == ColumnType.NUMERIC;
  }

  /** {@return the columns that a model of ours looks at} */
  public static ImmutableList<ShownColumn> of(TablePreprocessing preprocessing) {
    return preprocessing.encodings().stream()
        .map(
            encoding ->
                new ShownColumn(
                    encoding.column(),
                    encoding.reading(),
                    encoding instanceof ColumnEncoding.Categorical categorical
                        ? categorical.oneHot().levels()
                        : ImmutableList.of()))
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return a column of a table as it was read} */
  public static ShownColumn of(Column column) {
    return new ShownColumn(
        column.name(),
        column.reading(),
        column instanceof CategoricalColumn levels
            ? ImmutableList.copyOf(levels.levels())
            : ImmutableList.of());
  }
}
