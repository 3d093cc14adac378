package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.Split;

/** What splits have in common. */
final class SplitParts {

  private SplitParts() {}

  static void check(double validation, double test) {
    checkArgument(
        validation >= 0 && test >= 0 && validation + test < 1,
        "the fractions of validation and test rows must be at least 0 and less than 1 together,"
            + " found %s and %s",
        validation,
        test);
  }

  static DataException missing(int row, String column) {
    return new CellException(
        row + 1, column, "must not be missing, for it splits the rows; fill it in");
  }

  /** The rows of each part: 0 for training, 1 for validation, 2 for testing. */
  static Split of(int[] parts) {
    ImmutableIntArray train = rows(parts, 0);
    if (train.isEmpty()) {
      throw new DataException("no row is left for training; take smaller shares or another column");
    }
    return new Split(train, rows(parts, 1), rows(parts, 2));
  }

  private static ImmutableIntArray rows(int[] parts, int part) {
    return ImmutableIntArray.copyOf(
        IntStream.range(0, parts.length).filter(row -> parts[row] == part));
  }
}
