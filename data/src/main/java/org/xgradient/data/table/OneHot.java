package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.Names;

/**
 * Turns a level into features, one for each level seen among the training rows: 1 for its own, 0
 * for the others.
 *
 * <p>A level that was not seen is all zeros: the model knows nothing about it. So is a missing
 * cell, unless cells were missing among the training rows; then missing is a feature of its own,
 * the last one.
 *
 * @param levels the levels seen, in their order
 * @param missingSeen whether a cell was missing
 */
public record OneHot(ImmutableList<String> levels, boolean missingSeen) {

  /**
   * Checks the levels.
   *
   * @throws DataException if two levels are the same
   */
  public OneHot {
    Names.firstDuplicate(levels)
        .ifPresent(
            level -> {
              throw new DataException("levels must be different, found \"" + level + "\" twice");
            });
  }

  /**
   * Fits the encoding.
   *
   * @param column the column
   * @param rows the indices of the training rows
   * @return the encoding
   */
  public static OneHot fit(CategoricalColumn column, ImmutableIntArray rows) {
    HashSet<Integer> codes = new HashSet<>();
    rows.forEach(row -> codes.add(column.code(row)));
    boolean missing = codes.remove(CategoricalColumn.MISSING);
    return new OneHot(
        new TreeSet<>(codes)
            .stream().map(column.levels()::get).collect(ImmutableList.toImmutableList()),
        missing);
  }

  /** {@return the number of features} */
  public int width() {
    return levels.size() + (missingSeen ? 1 : 0);
  }

  /**
   * Names the features.
   *
   * @param column the name of the column
   * @return the names, such as {@code colour=red} and {@code colour is missing}
   */
  public ImmutableList<String> featureNames(String column) {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    levels.forEach(level -> names.add(column + "=" + level));
    if (missingSeen) {
      names.add(column + " is missing");
    }
    return names.build();
  }

  /**
   * Finds the feature that a cell sets to 1.
   *
   * @param level the level, null if missing
   * @return the index of the feature, -1 if it sets none
   */
  public int indexOf(@Nullable String level) {
    if (level == null) {
      return missingSeen ? levels.size() : -1;
    }
    return levels.indexOf(level);
  }
}
