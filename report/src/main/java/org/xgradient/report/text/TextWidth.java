package org.xgradient.report.text;

/**
 * Estimates how wide a text is when drawn.
 *
 * <p>Nothing at hand knows the reader's fonts. The widths are Helvetica's, which most sans-serif
 * fonts were made to match, with a margin for the wider ones.
 */
public final class TextWidth {

  private static final String ELLIPSIS = "…";
  private static final double MARGIN = 1.12;
  private static final double OTHER = 0.6;
  private static final double IDEOGRAPH = 1.0;

  /** Widths of the characters from the space to the tilde, in thousandths of the font size. */
  private static final int[] WIDTHS = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 584, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584
  };

  private TextWidth() {}

  /** {@return the estimated width of a text in the unit of the font size} */
  public static double of(String text, double fontSize) {
    return MARGIN * fontSize * text.codePoints().mapToDouble(TextWidth::ofCharacter).sum();
  }

  /** {@return the text, or as much of its beginning as fits with an ellipsis} */
  public static String fit(String text, double fontSize, double width) {
    if (of(text, fontSize) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + ELLIPSIS, fontSize) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  private static double ofCharacter(int c) {
    if (c >= ' ' && c <= '~') {
      return WIDTHS[c - ' '] / 1000.0;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return c >= 0x1100 && (Character.isIdeographic(c) || c >= 0x1F000 || isHangulOrKana(c))
        ? IDEOGRAPH
        : OTHER;
  }

  private static boolean isHangulOrKana(int c) {
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HANGUL
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }
}
