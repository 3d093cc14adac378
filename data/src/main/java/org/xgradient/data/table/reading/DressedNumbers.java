package org.xgradient.data.table.reading;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds columns whose cells are numbers with the same signs or letters around or among them: an
 * amount with its currency, a weight with its unit, a time, a date with the name of a month, "house
 * 12". They are not read as numbers or dates, and nobody wants hundreds of categories of them by
 * surprise.
 */
final class DressedNumbers {

  /** Codes of fewer levels may well be categories. */
  private static final int MOST_LEVELS = 20;

  private static final double MOST_ALIKE = 0.9;

  /** More different ones are not alike. */
  private static final int REMEMBERED = 200;

  private static final Pattern MONTHS =
      Pattern.compile(
          "(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", Pattern.UNICODE_CASE);

  /** What names things, such as p12. */
  private static final Pattern CODE = Pattern.compile("\\p{L}+\\d+");

  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]\\p{XDigit}+");
  private static final String HEXADECIMAL_DRESS = "0x";

  private static final Pattern OF_NUMBERS = Pattern.compile("[\\d.,\\s\\u00A0\\u202F+-]+");

  private final Set<String> levels = new HashSet<>();
  private final Map<String, Integer> dresses = new HashMap<>();
  private final Map<String, String> examples = new HashMap<>();

  /** Adds a cell that is no number. */
  void add(String text) {
    if (levels.size() <= MOST_LEVELS) {
      levels.add(text);
    }
    if (text.chars().noneMatch(Character::isDigit) || CODE.matcher(text).matches()) {
      return;
    }
    String dress = dress(text);
    if (dresses.containsKey(dress) || dresses.size() < REMEMBERED) {
      dresses.merge(dress, 1, Integer::sum);
      examples.putIfAbsent(dress, text);
    }
  }

  private static String dress(String text) {
    if (text.startsWith("0") && HEXADECIMAL.matcher(text).matches()) {
      return HEXADECIMAL_DRESS;
    }
    return OF_NUMBERS.matcher(MONTHS.matcher(text).replaceAll("M")).replaceAll(" ").strip();
  }

  /**
   * {@return one of the cells, if the column is one of these}
   *
   * @param cells how many cells it has, numbers among them
   * @param plain how many of them are numbers
   */
  Optional<String> found(long cells, long plain) {
    if (dresses.isEmpty()) {
      return Optional.empty();
    }
    var usual = Collections.max(dresses.entrySet(), Map.Entry.comparingByValue());
    if (levels.size() <= MOST_LEVELS && !usual.getKey().equals(HEXADECIMAL_DRESS)) {
      return Optional.empty();
    }
    return usual.getValue() + plain >= MOST_ALIKE * cells
        ? Optional.ofNullable(examples.get(usual.getKey()))
        : Optional.empty();
  }
}
