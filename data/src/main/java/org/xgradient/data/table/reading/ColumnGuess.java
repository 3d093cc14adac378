package org.xgradient.data.table.reading;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.ColumnReading;

/**
 * How a column is best read.
 *
 * @param reading how
 * @param odd the cells that are missing then, for they don't fit
 * @param doubt why a person must decide instead; empty if it is clear
 */
record ColumnGuess(ColumnReading reading, OddCells odd, @Nullable String doubt) {

  /** What a person may decide that a column is. */
  enum Kind {
    NUMBERS,
    DATES,
    TIMES,
    WEIGHTS,
    LEVELS
  }

  Optional<String> why() {
    return Optional.ofNullable(doubt);
  }
}
