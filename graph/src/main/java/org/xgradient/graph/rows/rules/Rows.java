package org.xgradient.graph.rows.rules;

import com.google.common.collect.ImmutableList;

/** What a tensor has to do with the rows of the batch. */
sealed interface Rows {

  /** It depends neither on what is in the rows nor on how many there are. */
  record Same() implements Rows {}

  /**
   * One axis has the rows, and nothing of one row is in the entries of another: of the {@code outer
   * · batch · each} entries along the axis, number {@code (o · batch + row) · each + e} belongs to
   * the row.
   *
   * @param axis the axis, from 0
   * @param outer how often the batch is repeated
   * @param each how many neighbouring entries a row has
   */
  record Along(int axis, long outer, long each) implements Rows {
    Along onAxis(int other) {
      return new Along(other, outer, each);
    }

    boolean hasOneEntryPerRow() {
      return outer == 1 && each == 1;
    }
  }

  /**
   * Integers that may count the rows.
   *
   * @param values the integers in row-major order
   */
  record Sizes(ImmutableList<Size> values) implements Rows {
    boolean countRows() {
      return values.stream().anyMatch(Size::countsRows);
    }
  }

  /** It is not known; why was said where it was lost. */
  record Lost() implements Rows {}
}
