package org.xgradient.data.table.text;

/** Numbers in the digits of other scripts than the Latin one. */
public final class Digits {

  private static final char FIRST_WIDE = '\uFF01';
  private static final char LAST_WIDE = '\uFF5E';
  private static final int WIDE_TO_PLAIN = 0xFEE0;
  private static final char ARABIC_DECIMAL = '\u066B';
  private static final char ARABIC_THOUSANDS = '\u066C';

  private Digits() {}

  /**
   * A text with the digits 0 to 9 for those of another script, and with plain signs for what stands
   * among these; a text without such digits as it is.
   */
  public static String plain(String text) {
    return hasOther(text) ? replaced(text) : text;
  }

  private static boolean hasOther(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '9' && Character.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String replaced(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      plain.append(plain(text.charAt(i)));
    }
    return plain.toString();
  }

  private static char plain(char sign) {
    if (Character.isDigit(sign)) {
      return Character.forDigit(Character.digit(sign, 10), 10);
    }
    if (sign >= FIRST_WIDE && sign <= LAST_WIDE) {
      return (char) (sign - WIDE_TO_PLAIN);
    }
    return switch (sign) {
      case ARABIC_DECIMAL -> '.';
      case ARABIC_THOUSANDS -> '\'';
      case '\u066A' -> '%';
      default -> sign;
    };
  }
}
