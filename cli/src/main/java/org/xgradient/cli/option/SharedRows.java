package org.xgradient.cli.option;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * How many rows of a table are rows of another one too, by hashes of their cells.
 *
 * @param shared how many
 * @param rows how many rows the table has
 * @param others how many the other one has
 */
public record SharedRows(long shared, int rows, int others) {

  /**
   * Compares tables.
   *
   * @param table the table
   * @param other one with the same columns in the same order
   */
  public static SharedRows of(Table table, Table other) {
    long[] known = hashes(other).sorted().toArray();
    long shared = hashes(table).filter(row -> Arrays.binarySearch(known, row) >= 0).count();
    return new SharedRows(shared, table.rows(), other.rows());
  }

  /** {@return whether the tables seem to be one and the same, in whatever order} */
  public boolean isAll() {
    return shared == rows && rows == others;
  }

  private static LongStream hashes(Table table) {
    return IntStream.range(0, table.rows()).mapToLong(row -> hash(table, row).asLong());
  }

  private static HashCode hash(Table table, int row) {
    Hasher hasher = Hashing.murmur3_128().newHasher();
    for (Column column : table.columns()) {
      if (column.isMissing(row)) {
        hasher.putBoolean(false);
      } else if (column instanceof NumericColumn numbers) {
        // Adding 0 makes -0 and 0 one number.
        hasher.putDouble(numbers.value(row) + 0.0);
      } else {
        String level = String.valueOf(((CategoricalColumn) column).level(row));
        hasher.putInt(level.length()).putString(level, StandardCharsets.UTF_8);
      }
    }
    return hasher.hash();
  }
}
