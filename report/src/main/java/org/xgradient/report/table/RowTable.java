package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;

/**
 * Explained rows with what else a reader wants to know of each.
 *
 * @param rows the rows
 * @param numbers the number of each in its file, from 1
 * @param kept further cells of each row as they are written, by the name of their column
 * @param classes the classes; empty for numbers
 * @param explained the index of the class whose output is explained, for each row; empty for
 *     numbers
 * @param probabilities the probability of that class; empty for numbers
 */
public record RowTable(
    AttributedRows rows,
    ImmutableLongArray numbers,
    ImmutableMap<String, ImmutableList<String>> kept,
    ImmutableList<String> classes,
    Optional<ImmutableIntArray> explained,
    Optional<ImmutableDoubleArray> probabilities) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if something has another number of rows
   */
  public RowTable {
    check("numbers", numbers.length(), rows.rows());
    kept.forEach((name, texts) -> check("cells of " + name, texts.size(), rows.rows()));
    explained.ifPresent(indices -> check("classes", indices.length(), rows.rows()));
    probabilities.ifPresent(values -> check("probabilities", values.length(), rows.rows()));
    checkArgument(
        explained.isPresent() == !classes.isEmpty(),
        "there must be an explained class for each row if there are classes");
  }

  private static void check(String what, int found, int rows) {
    checkArgument(found == rows, "there must be %s %s, found %s", rows, what, found);
  }
}
