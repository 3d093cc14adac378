package org.xgradient.experiments.mortality;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.xgradient.data.DataException;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;

/** Flags that pandas has written as words. */
final class TruthValues {

  private static final String TRUE = "True";
  private static final String FALSE = "False";

  private TruthValues() {}

  /** The column as numbers: 1 for True, 0 for False, NaN where missing. */
  static NumericColumn toNumbers(Path file, Column column) {
    if (column instanceof NumericColumn numeric) {
      return numeric;
    }
    CategoricalColumn words = (CategoricalColumn) column;
    if (!Set.of(TRUE, FALSE).containsAll(words.levels())) {
      throw new DataException(
          "%s, column \"%s\": cells must be numbers, or all of them True or False, found %s"
              .formatted(file, column.name(), words.levels().stream().limit(3).toList()));
    }
    double[] numbers = new double[words.rows()];
    Arrays.setAll(
        numbers, row -> words.isMissing(row) ? Double.NaN : TRUE.equals(words.level(row)) ? 1 : 0);
    return NumericColumn.of(column.name(), numbers);
  }
}
