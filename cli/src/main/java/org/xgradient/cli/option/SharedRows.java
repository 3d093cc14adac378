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
 * @param repeated how many rows of the other one are there more than once, as where columns have
 *     few levels
 * @param others how many rows the other one has
 * @param same whether they have the same rows, in whatever order
 */
public record SharedRows(long shared, int rows, long repeated, int others, boolean same) {

  /**
   * Compares tables.
   *
   * @param table the table
   * @param other one with the same columns in the same order
   */
  public static SharedRows of(Table table, Table other) {
    long[] known = hashes(other).sorted().toArray();
    long[] rows = hashes(table).sorted().toArray();
    long repeated =
        IntStream.range(0, known.length)
            .filter(
                i ->
                    (i > 0 && known[i] == known[i - 1])
                        || (i + 1 < known.length && known[i] == known[i + 1]))
            .count();
    return new SharedRows(
        Arrays.stream(rows).filter(row -> Arrays.binarySearch(known, row) >= 0).count(),
        rows.length,
        repeated,
        known.length,
        Arrays.equals(rows, known));
  }

  /** {@return whether so many are shared that they were hardly drawn apart} */
  public boolean areMany() {
    return 2 * shared >= rows && 2 * repeated <= others;
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
