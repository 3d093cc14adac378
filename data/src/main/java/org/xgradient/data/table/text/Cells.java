package org.xgradient.data.table.text;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import org.jspecify.annotations.Nullable;

/** What the text of a cell means. */
public final class Cells {

  /** Whole numbers beyond this are not exact in a double, and print with an exponent. */
  private static final double LARGEST_PLAIN = 0x1p53;

  /** All whole numbers of so many digits are exact in a double. */
  private static final int EXACT_DIGITS = 15;

  private static final ImmutableSet<String> INFINITIES = ImmutableSet.of("inf", "infinity");

  private Cells() {}

  /**
   * A text without the spaces around it, also those that do not break and the marks without width
   * that what is copied from pages and joined files has.
   */
  public static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char sign) {
    return sign <= ' '
        || (sign > '~'
            && (Character.isWhitespace(sign)
                || Character.isSpaceChar(sign)
                || sign == '\u200B'
                || sign == '\uFEFF'));
  }

  /** The number that a text denotes, infinite if it is out of range, or null if it is none. */
  public static @Nullable Double number(String text) {
    if (isDecimal(text)) {
      return JavaDoubleParser.parseDouble(text);
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String unsigned = Ascii.toLowerCase(signed ? text.substring(1) : text);
    if (INFINITIES.contains(unsigned)) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return null;
  }

  /**
   * Whether a text is digits with perhaps a sign, a point and an exponent: not all that Java reads
   * as a number is meant as one in a table, such as 1d and 0x1p3.
   */
  private static boolean isDecimal(String text) {
    int at = afterSign(text, 0);
    int whole = afterDigits(text, at);
    boolean point = whole < text.length() && text.charAt(whole) == '.';
    int end = point ? afterDigits(text, whole + 1) : whole;
    if (end - at == (point ? 1 : 0)) {
      return false;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = afterSign(text, end + 1);
      end = afterDigits(text, exponent);
      return end > exponent && end == text.length();
    }
    return end == text.length();
  }

  /**
   * Whether a text is a number as most are written: without an exponent, or leading zeros, which
   * codes have.
   */
  public static boolean isNumeral(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int whole = afterDigits(text, at);
    if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
      return false;
    }
    return whole == text.length()
        || (text.charAt(whole) == '.'
            && whole + 1 < text.length()
            && afterDigits(text, whole + 1) == text.length());
  }

  /**
   * Whether a text is of digits as codes have them: the first of several is a zero, or there are
   * more than a number keeps.
   */
  public static boolean isCode(String text) {
    return text.length() > 1
        && (text.charAt(0) == '0' || text.length() > EXACT_DIGITS)
        && afterDigits(text, 0) == text.length();
  }

  private static int afterSign(String text, int at) {
    return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** A number as a level or class: a whole one without a point. */
  public static String plain(double number) {
    return isWhole(number) ? Long.toString((long) number) : Double.toString(number);
  }

  public static boolean isWhole(double number) {
    return Math.rint(number) == number && Math.abs(number) <= LARGEST_PLAIN;
  }
}
