package org.xgradient.report;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What is done with texts that a spreadsheet would compute instead of showing them.
 *
 * <p>A cell of others that begins with {@code =}, {@code +}, {@code -}, {@code @} or white space
 * before one of them is a formula to a spreadsheet, and a formula can send what is in the sheet to
 * somewhere.
 */
public enum Formulas {
  /** Texts stay as they are, so that other programs read what was in the data. */
  KEPT,
  /** An apostrophe before it makes a text of a formula; a number that is written out stays. */
  ESCAPED;

  private static final Pattern FORMULA = Pattern.compile("\\s*[=+\\-@＝＋－＠].*", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?");

  /** {@return cells as they are written} */
  List<?> applyTo(List<?> cells) {
    return this == KEPT ? cells : cells.stream().map(Formulas::escaped).toList();
  }

  private static Object escaped(Object cell) {
    return cell instanceof CharSequence text
            && FORMULA.matcher(text).matches()
            && !NUMBER.matcher(text).matches()
        ? "'" + text
        : cell;
  }
}
