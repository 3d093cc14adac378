package org.xgradient.report.text;

/**
 * Text of others, such as names from data, archives and models, as it may be shown.
 *
 * <p>What a terminal obeys instead of showing it, what turns the direction of the text around it
 * and what can't be seen is written as an escape, <code>&#92;u{1b}</code>: control characters (C0,
 * C1), format characters such as bidirectional overrides, separators of lines and paragraphs, and
 * halves of surrogate pairs. The joiners of Persian and of emoji stay.
 */
public final class SafeText {

  /** Begins a part whose direction is its own. */
  public static final char ISOLATE = '\u2068';

  /** Ends such a part. */
  public static final char END_OF_ISOLATE = '\u2069';

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private SafeText() {}

  /** {@return a text in one line, with nothing in it that isn't shown} */
  public static String of(String text) {
    return escaped(text, "");
  }

  /** {@return a text whose line ends and tabulators stay} */
  public static String lines(String text) {
    return escaped(text.replace("\r\n", "\n"), "\n\t");
  }

  /**
   * A name within a text of ours on a page: letters that run from right to left do not turn what
   * stands beside it.
   *
   * @param name the name
   * @return the name, between marks if it has such letters; pages make an element of its own of
   *     what is between them
   */
  public static String isolated(String name) {
    String safe = of(name);
    return safe.codePoints().anyMatch(SafeText::runsLeft) ? ISOLATE + safe + END_OF_ISOLATE : safe;
  }

  private static boolean runsLeft(int c) {
    return switch (Character.getDirectionality(c)) {
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
          Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
          Character.DIRECTIONALITY_ARABIC_NUMBER ->
          true;
      default -> false;
    };
  }

  /** {@return the escape of a character} */
  static String escape(int c) {
    return "\\u{%s}".formatted(Integer.toHexString(c));
  }

  /** Whether a character is shown as it is, and changes nothing but its own place. */
  static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }

  private static String escaped(String text, String kept) {
    if (text.codePoints().allMatch(SafeText::isShown)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isShown(c) || kept.indexOf(c) >= 0) {
                out.appendCodePoint(c);
              } else {
                out.append(escape(c));
              }
            });
    return out.toString();
  }
}
