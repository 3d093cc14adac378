package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.BitSet;

/**
 * Which rows a model is trained on, which ones choose among models, and which ones judge the chosen
 * one. No row has two of these jobs; a row may have none.
 *
 * @param train the indices of the training rows, at least one
 * @param validation the indices of the validation rows, perhaps none
 * @param test the indices of the test rows, perhaps none
 */
public record Split(ImmutableIntArray train, ImmutableIntArray validation, ImmutableIntArray test) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is no training row, or a row occurs twice
   */
  public Split {
    checkArgument(!train.isEmpty(), "a split must have at least one training row, found none");
    BitSet seen = new BitSet();
    addAll(train, seen);
    addAll(validation, seen);
    addAll(test, seen);
  }

  private static void addAll(ImmutableIntArray rows, BitSet seen) {
    for (int i = 0; i < rows.length(); i++) {
      int row = rows.get(i);
      checkArgument(
          !seen.get(row), "the parts of a split must be disjoint, found row %s twice", row);
      seen.set(row);
    }
  }
}
