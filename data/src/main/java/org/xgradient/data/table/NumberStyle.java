package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Digits;

/**
 * How the numbers of a column are written.
 *
 * <p>Whatever the style, spaces (also those that do not break), apostrophes and thin spaces may
 * stand between groups of three digits, a sign of a currency before or behind the number, and the
 * minus sign of Unicode for a hyphen: none of them can be taken for something else. Digits may be
 * those of another script, such as Arabic ones.
 *
 * @param decimal what stands before the fraction: a point or a comma
 * @param grouped whether the other of the two stands between groups of three digits
 * @param percent whether each number has a percent sign; 12 % is then the number 12
 */
public record NumberStyle(char decimal, boolean grouped, boolean percent) {

  /** Numbers as programs write them, such as {@code -1.5e3}. */
  public static final NumberStyle PLAIN = new NumberStyle('.', false, false);

  private static final String SPACES = " \u00A0\u2007\u2009\u202F'\u2019";
  private static final Pattern SURROUNDED =
      Pattern.compile(
          "([+-]?)[ \u00A0\u202F]*\\p{Sc}?[ \u00A0\u202F]*([+-]?)([^\\p{Sc}%]*?)[ \u00A0\u202F]*\\p{Sc}?(%?)");
  private static final Pattern WITH_POINT = digits("\\.", SPACES);
  private static final Pattern WITH_POINT_GROUPED = digits("\\.", SPACES + ",");
  private static final Pattern WITH_COMMA = digits(",", SPACES);
  private static final Pattern WITH_COMMA_GROUPED = digits(",", SPACES + ".");

  /**
   * Checks the decimal sign.
   *
   * @throws IllegalArgumentException if it is neither a point nor a comma
   */
  public NumberStyle {
    checkArgument(
        decimal == '.' || decimal == ',',
        "the decimal sign must be a point or a comma, found \"%s\"",
        decimal);
  }

  private static Pattern digits(String decimal, String between) {
    return Pattern.compile(
        "(?<whole>[1-9]\\d{0,2}(?<sign>[%s])\\d{3}(?:\\k<sign>\\d{3})*|\\d*)(?:%s(?<fraction>\\d*))?(?<exponent>[eE][+-]?\\d+)?"
            .formatted(between, decimal));
  }

  /**
   * The same with a percent sign behind each number, or without.
   *
   * @param each whether there is one
   * @return the style
   */
  public NumberStyle withPercent(boolean each) {
    return new NumberStyle(decimal, grouped, each);
  }

  /**
   * Reads a number.
   *
   * @param text the text of a cell, without spaces around it
   * @return the number, infinite if it is out of range, or null if it is none in this style
   */
  public @Nullable Double parse(String text) {
    Double number = asIs(text);
    return number == null ? parsePlain(Digits.plain(text)) : number;
  }

  /** As programs write numbers. */
  private @Nullable Double asIs(String text) {
    return decimal == '.' && !percent ? Cells.number(text) : null;
  }

  private @Nullable Double parsePlain(String text) {
    Double number = asIs(text);
    if (number != null) {
      return number;
    }
    Matcher parts = SURROUNDED.matcher(text.replace('\u2212', '-'));
    if (!parts.matches() || percent == parts.group(4).isEmpty()) {
      return null;
    }
    return unsigned(parts.group(1) + parts.group(2), parts.group(3).strip());
  }

  private @Nullable Double unsigned(String sign, String text) {
    Matcher number = pattern().matcher(text);
    if (sign.length() > 1 || !number.matches()) {
      return null;
    }
    StringBuilder plain = new StringBuilder(sign);
    group(number, "whole").chars().filter(Character::isDigit).forEach(c -> plain.append((char) c));
    plain.append('.').append(group(number, "fraction")).append(group(number, "exponent"));
    return Cells.number(plain.toString());
  }

  private static String group(Matcher matcher, String name) {
    String found = matcher.group(name);
    return found == null ? "" : found;
  }

  private Pattern pattern() {
    if (decimal == '.') {
      return grouped ? WITH_POINT_GROUPED : WITH_POINT;
    }
    return grouped ? WITH_COMMA_GROUPED : WITH_COMMA;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("numbers");
    if (decimal == ',') {
      text.append(", decimal comma");
    }
    if (grouped) {
      text.append(decimal == ',' ? ", points" : ", commas").append(" between thousands");
    }
    return text.append(percent ? ", percent" : "").toString();
  }
}
