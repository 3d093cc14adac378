package org.xgradient.spark.model;

import org.jspecify.annotations.Nullable;
import org.xgradient.report.text.SafeText;

/** A cell of a row that can't be used; the row is named by who knows its key. */
public final class InvalidCellException extends Exception {

  private static final long serialVersionUID = 1;

  /** The message says of which column, and what was found. */
  InvalidCellException(String column, String expected, @Nullable Object found) {
    super(
        "column \"%s\" must be %s, found %s"
            .formatted(SafeText.of(column), expected, SafeText.of(shown(found))));
  }

  private static String shown(@Nullable Object found) {
    if (found == null) {
      return "null";
    }
    String text = found.toString();
    return found instanceof CharSequence ? '"' + text + '"' : text;
  }
}
