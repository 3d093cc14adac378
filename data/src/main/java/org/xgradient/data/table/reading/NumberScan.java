package org.xgradient.data.table.reading;

import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.NumberStyle;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Digits;

/** Finds out by the cells of a column how its numbers are written. */
final class NumberScan {

  /** What the cells say about commas and points. */
  enum Evidence {
    /** The fraction begins with a point. */
    POINT,
    /** The fraction begins with a comma. */
    COMMA,
    /** There are commas or points that may stand for either: 1,234, or 1.203 among 973 and 20. */
    AMBIGUOUS,
    /** There are points only, and each may stand between thousands too, such as in 1.234. */
    POINTS_OR_GROUPS,
    /** There is neither. */
    NONE
  }

  /** Cells that decide must not be fewer than this share of those that don't: they may be typos. */
  private static final double DECISIVE = 0.02;

  /** A few fractions may have three digits by chance. */
  private static final int MANY = 10;

  private static final NumberStyle POINT = new NumberStyle('.', true, false);
  private static final NumberStyle COMMA = new NumberStyle(',', true, false);

  private final OddCells.Tally notPoint = new OddCells.Tally();
  private final OddCells.Tally notComma = new OddCells.Tally();
  private final OddCells.Tally percent = new OddCells.Tally();
  private final OddCells.Tally commas = new OddCells.Tally();
  private final OddCells.Tally points = new OddCells.Tally();
  private final OddCells.Tally whole = new OddCells.Tally();
  private final OddCells.Tally onlyPoint = new OddCells.Tally();
  private final OddCells.Tally onlyComma = new OddCells.Tally();
  private long cells;
  private long neither;
  private long pointGroups;
  private long commaGroups;
  private long small;
  private long large;

  /**
   * Adds a cell.
   *
   * @return whether it is a number, with a point or a comma
   */
  boolean add(String text, long row, long line) {
    cells++;
    String plain = Digits.plain(text);
    boolean hasComma = plain.indexOf(',') >= 0;
    boolean hasPoint = plain.indexOf('.') >= 0;
    boolean hasPercent = plain.endsWith("%");
    boolean point = isNumber(POINT, plain, hasPercent);
    boolean maybeComma = hasComma || (hasPoint && mayGroup(plain));
    boolean comma = maybeComma ? isNumber(COMMA, plain, hasPercent) : (point && !hasPoint);
    if (!point) {
      notPoint.add(row, line, text);
    }
    if (!comma) {
      notComma.add(row, line, text);
    }
    if (point || comma) {
      (hasPercent ? percent : whole).add(row, line, text);
    }
    if (point && comma && hasComma) {
      commas.add(row, line, text);
    }
    if (point && comma && hasPoint) {
      points.add(row, line, text);
    }
    if (point && !hasComma && !hasPoint) {
      boolean few = digits(text) <= 3;
      small += few ? 1 : 0;
      large += few ? 0 : 1;
    }
    if (point != comma) {
      (point ? onlyPoint : onlyComma).add(row, line, text);
    }
    neither += point || comma ? 0 : 1;
    pointGroups += point && hasComma ? 1 : 0;
    commaGroups += comma && hasPoint ? 1 : 0;
    return point || comma;
  }

  private static int digits(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits;
  }

  private static boolean isNumber(NumberStyle style, String text, boolean percent) {
    return (percent ? style.withPercent(true) : style).parse(text) != null;
  }

  /** Whether three digits follow on the last point. */
  private static boolean mayGroup(String text) {
    int first = text.lastIndexOf('.') + 1;
    int end = first;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end - first == 3;
  }

  long cells() {
    return cells;
  }

  Evidence evidence() {
    long deciding = Math.max(onlyPoint.count(), onlyComma.count());
    if (commas.count() > 0 && deciding < DECISIVE * commas.count()) {
      return Evidence.AMBIGUOUS;
    }
    if (onlyComma.count() > onlyPoint.count()) {
      return Evidence.COMMA;
    }
    if (onlyPoint.count() > 0) {
      return Evidence.POINT;
    }
    if (commas.count() > 0) {
      return Evidence.AMBIGUOUS;
    }
    if (points.count() == 0) {
      return Evidence.NONE;
    }
    // Who writes fractions of three digits has no whole numbers among them, and who groups
    // thousands none of four.
    return small > 0 && large == 0 && points.count() >= MANY
        ? Evidence.AMBIGUOUS
        : Evidence.POINTS_OR_GROUPS;
  }

  /** The style of the numbers with a decimal sign. */
  NumberStyle style(char decimal) {
    boolean grouped = decimal == '.' ? pointGroups > 0 : commaGroups > 0;
    return new NumberStyle(decimal, grouped, percent.count() > whole.count());
  }

  /** The cells that are no numbers with a decimal sign. */
  OddCells odd(String column, char decimal) {
    return (decimal == '.' ? notPoint : notComma).of(column, cells);
  }

  /** Why no style fits; null if one does. */
  @Nullable String mixture(String column) {
    if (percent.count() == 0 || whole.count() == 0) {
      return null;
    }
    OddCells fewer = (percent.count() > whole.count() ? whole : percent).of(column, cells);
    return "%s %s a percent sign and %d %s none (%s); write all alike"
        .formatted(
            Counts.of(percent.count(), "number"),
            Counts.verb(percent.count(), "has", "have"),
            whole.count(),
            Counts.verb(whole.count(), "has", "have"),
            fewer.places());
  }

  /** How many cells are numbers, whatever their fractions begin with. */
  long plain() {
    return cells - neither;
  }

  /**
   * Why neither decimal sign fits: the numbers have both; null if one of them is rare.
   *
   * @param tolerance the share of the cells that may be rare
   */
  @Nullable String twoForms(double tolerance) {
    long fewer = Math.min(onlyPoint.count(), onlyComma.count());
    if (fewer <= tolerance * cells || 2 * neither >= cells) {
      return null;
    }
    return ("its numbers are written in two forms, fractions with a point (%s: %s) and with a"
            + " comma (%s: %s)")
        .formatted(
            Counts.of(onlyPoint.count(), "cell"),
            first(onlyPoint),
            Counts.of(onlyComma.count(), "cell"),
            first(onlyComma));
  }

  private String first(OddCells.Tally tally) {
    return tally.of("", cells).first().get(0).toString();
  }

  /** A cell that may be read either way. */
  OddCells ambiguous(String column) {
    return (commas.count() > 0 ? commas : points).of(column, cells);
  }
}
