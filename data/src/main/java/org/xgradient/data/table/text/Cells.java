package org.xgradient.data.table.text;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Doubles;
import org.jspecify.annotations.Nullable;

/** What the text of a cell means. */
public final class Cells {

  /** Keeps out what Java reads as a number but no table means as one, such as 1d and 0x1p3. */
  private static final CharMatcher OF_NUMBERS = CharMatcher.anyOf("0123456789+-.eE");

  /** Whole numbers beyond this are not exact in a double, and print with an exponent. */
  private static final double LARGEST_PLAIN = 0x1p53;

  private static final ImmutableSet<String> INFINITIES = ImmutableSet.of("inf", "infinity");

  private Cells() {}

  /** The number that a text denotes, infinite if it is out of range, or null if it is none. */
  public static @Nullable Double number(String text) {
    if (OF_NUMBERS.matchesAllOf(text)) {
      return Doubles.tryParse(text);
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String unsigned = Ascii.toLowerCase(signed ? text.substring(1) : text);
    if (INFINITIES.contains(unsigned)) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return null;
  }

  /** A number as a level or class: a whole one without a point. */
  public static String plain(double number) {
    return isWhole(number) ? Long.toString((long) number) : Double.toString(number);
  }

  public static boolean isWhole(double number) {
    return Math.rint(number) == number && Math.abs(number) <= LARGEST_PLAIN;
  }
}
