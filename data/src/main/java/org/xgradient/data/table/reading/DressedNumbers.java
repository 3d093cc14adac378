package org.xgradient.data.table.reading;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

  /** How many units or marks a column has at most: thousands and millions, circa and at least. */
  private static final int MOST_DRESSES = 3;

  /** Fewer levels of a dress, such as "3 or more" after 0, 1 and 2, are no sign of numbers. */
  private static final int FEWEST_LEVELS = 3;

  /** Among so many plain numbers the others are meant as numbers too. */
  private static final double FEWEST_PLAIN = 0.05;

  /** More different ones are not alike. */
  private static final int REMEMBERED = 200;

  private static final Pattern MONTHS =
      Pattern.compile(
          "(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", Pattern.UNICODE_CASE);

  /** What names things, such as p12. */
  private static final Pattern CODE = Pattern.compile("\\p{L}+\\d+");

  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]\\p{XDigit}+");
  private static final String HEXADECIMAL_DRESS = "0x";

  /** What begins like that is the code of something where there are several dresses. */
  private static final Pattern BEGINS_AS_CODE = Pattern.compile("\\p{L}+\\d.*");

  private static final Pattern OF_NUMBERS = Pattern.compile("[\\d.,\\s\\u00A0\\u202F+-]+");

  private final Set<String> levels = new HashSet<>();
  private final Map<String, Dress> dresses = new HashMap<>();

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
      dresses.computeIfAbsent(dress, name -> new Dress(name, text)).add(text);
    }
  }

  /** Cells with the same signs around their numbers. */
  private static final class Dress {
    private final String signs;
    private final String example;
    private final Set<String> levels = new HashSet<>();
    private long cells;

    Dress(String signs, String example) {
      this.signs = signs;
      this.example = example;
    }

    void add(String text) {
      cells++;
      if (levels.size() < FEWEST_LEVELS) {
        levels.add(text);
      }
    }

    long cells() {
      return cells;
    }

    /** Whether there are several numbers with signs that are no part of numbers and of ranges. */
    boolean isOfNumbers() {
      return !signs.isEmpty()
          && levels.size() >= FEWEST_LEVELS
          && !BEGINS_AS_CODE.matcher(example).matches();
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
    Dress usual = Collections.max(dresses.values(), Comparator.comparingLong(Dress::cells));
    boolean alike = usual.cells() + plain >= MOST_ALIKE * cells;
    if (alike && (usual.signs.equals(HEXADECIMAL_DRESS) || levels.size() > MOST_LEVELS)) {
      return Optional.of(usual.example);
    }
    if (levels.size() > MOST_LEVELS || plain >= FEWEST_PLAIN * cells) {
      return severalOf(cells, plain);
    }
    return Optional.empty();
  }

  /** One of the cells, if nearly all are numbers of a few dresses, or plain. */
  private Optional<String> severalOf(long cells, long plain) {
    List<Dress> largest =
        dresses.values().stream()
            .filter(Dress::isOfNumbers)
            .sorted(Comparator.comparingLong(Dress::cells).reversed())
            .limit(MOST_DRESSES)
            .toList();
    long numbers = largest.stream().mapToLong(Dress::cells).sum() + plain;
    return numbers >= MOST_ALIKE * cells
        ? largest.stream().map(dress -> dress.example).findFirst()
        : Optional.empty();
  }
}
