package org.xgradient.graph.rows.rules;

/**
 * An integer that may count the rows of the batch.
 *
 * @param kind how it is made of the number of rows
 * @param factor the number itself, or the factor before the number of rows; 0 where neither is
 *     known
 */
record Size(Kind kind, long factor) {

  enum Kind {
    /** A known number; -1 where an operation asks for what is left. */
    NUMBER,
    /** A known multiple of the number of rows. */
    ROWS,
    /** An unknown number that has nothing to do with the number of rows. */
    OTHER,
    /** Computed from the number of rows in a way that is not followed. */
    TANGLED
  }

  static Size number(long value) {
    return new Size(Kind.NUMBER, value);
  }

  static Size rows(long factor) {
    return new Size(Kind.ROWS, factor);
  }

  static Size other() {
    return new Size(Kind.OTHER, 0);
  }

  static Size tangled() {
    return new Size(Kind.TANGLED, 0);
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  boolean isRows() {
    return kind == Kind.ROWS;
  }

  boolean isLeft() {
    return isNumber() && factor == -1;
  }

  /** {@return whether the number of rows has part in it} */
  boolean countsRows() {
    return kind == Kind.ROWS || kind == Kind.TANGLED;
  }

  Size times(Size other) {
    if (isNumber() && other.isNumber()) {
      return number(factor * other.factor);
    }
    if ((isRows() && other.isNumber()) || (isNumber() && other.isRows())) {
      return rows(factor * other.factor);
    }
    return joined(other);
  }

  Size over(Size other) {
    if (other.factor != 0 && factor % other.factor == 0) {
      if (kind == other.kind && (isNumber() || isRows())) {
        return number(factor / other.factor);
      }
      if (isRows() && other.isNumber()) {
        return rows(factor / other.factor);
      }
    }
    return joined(other);
  }

  Size plus(Size other, int sign) {
    if (kind == other.kind && (isNumber() || isRows())) {
      long sum = factor + sign * other.factor;
      return sum == 0 ? number(0) : new Size(kind, sum);
    }
    return joined(other);
  }

  /** Of both, by a function that is not followed. */
  Size joined(Size other) {
    return countsRows() || other.countsRows() ? tangled() : other();
  }
}
