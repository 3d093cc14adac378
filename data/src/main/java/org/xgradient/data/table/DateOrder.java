package org.xgradient.data.table;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.text.Digits;

/** In which order the parts of a date are written. */
public enum DateOrder {
  /** Such as 2024-01-31 or 2024/1/31. */
  YEAR_FIRST("(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})"),
  /** Such as 31.1.2024 or 31/01/2024. */
  DAY_FIRST("(?<day>\\d{1,2})([-/.])(?<month>\\d{1,2})\\2(?<year>\\d{4})"),
  /** Such as 1/31/2024. */
  MONTH_FIRST("(?<month>\\d{1,2})([-/])(?<day>\\d{1,2})\\2(?<year>\\d{4})"),
  /** Months such as 2024-01, of which the first day counts. */
  YEAR_AND_MONTH("(?<year>\\d{4})[-/](?<month>\\d{2})(?<day>)"),
  /** Months such as 01/2024, of which the first day counts. */
  MONTH_AND_YEAR("(?<month>\\d{2})[-/](?<year>\\d{4})(?<day>)"),
  /**
   * Such as 20240131 or 202401, and 20240131.0 as pandas writes it beside missing cells, of the
   * years 1900 to 2100.
   */
  DIGITS("(?<year>19\\d{2}|20\\d{2}|2100)(?<month>\\d{2})(?<day>\\d{2}|)(?:\\.0)?");

  private static final String TIME =
      "(?:[T ](?<time>\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(?:Z| ?UTC| ?[+-]\\d{2}(?::?\\d{2})?)?)?";
  private static final double SECONDS_OF_A_DAY = ChronoUnit.DAYS.getDuration().toSeconds();

  private static final int ALL_DIGITS = 8;
  private static final int WITHOUT_DAY = 6;

  private final Pattern pattern;

  DateOrder(String date) {
    this.pattern = Pattern.compile(date + TIME);
  }

  /**
   * Reads a date. What is written of a time zone does not count: the number is of the clock there.
   *
   * @param text the text of a cell
   * @return the days since 1970-01-01, with the time as their fraction; null if it is no such date
   */
  public @Nullable Double days(String text) {
    return daysOfPlain(Digits.plain(text));
  }

  /**
   * Finds the orders in which a text is a date.
   *
   * @param text the text of a cell
   * @return several for 05/01/2020, which may begin with the day or the month; none if it is no
   *     date
   */
  public static ImmutableSet<DateOrder> fitting(String text) {
    String plain = Digits.plain(text);
    return isMaybeDate(plain)
        ? Arrays.stream(values())
            .filter(order -> order.daysOfPlain(plain) != null)
            .collect(Sets.toImmutableEnumSet())
        : ImmutableSet.of();
  }

  private @Nullable Double daysOfPlain(String text) {
    if (!isMaybeDate(text)) {
      return null;
    }
    Matcher parts = pattern.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    try {
      double days =
          LocalDate.of(number(parts, "year"), number(parts, "month"), day(parts)).toEpochDay();
      String time = parts.group("time");
      return time == null
          ? days
          : days
              + LocalTime.parse(time, DateTimeFormatter.ISO_LOCAL_TIME).toSecondOfDay()
                  / SECONDS_OF_A_DAY;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Most cells are none, and this is quicker: digits, a sign, digits, and no more or the same sign;
   * or digits for all parts.
   */
  private static boolean isMaybeDate(String text) {
    int first = afterDigits(text, 0);
    if (first == ALL_DIGITS || first == WITHOUT_DAY) {
      // Of a month.
      return text.charAt(4) <= '1';
    }
    if (text.length() < 7 || first == 0 || first > 4 || first == text.length()) {
      return false;
    }
    int second = afterDigits(text, first + 1);
    return second == text.length()
        ? text.charAt(first) != '.'
        : text.charAt(second) == text.charAt(first);
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int day(Matcher parts) {
    return parts.group("day").isEmpty() ? 1 : number(parts, "day");
  }

  private static int number(Matcher parts, String group) {
    return Integer.parseInt(parts.group(group));
  }
}
