package org.xgradient.data.table.reading;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.text.Names;

/** What stands around and among the digits of a column of numbers, and is left out. */
final class NumberDress {

  /** More kinds of money than these are an error with fewer. */
  private static final int REMEMBERED = 10;

  private final Map<String, OddCells.Tally> currencies = new LinkedHashMap<>();
  private boolean spaces;
  private boolean apostrophes;

  /** Adds a cell that is a number. */
  void add(String text, long row, long line) {
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      if (Character.getType(sign) == Character.CURRENCY_SYMBOL) {
        String currency = String.valueOf(sign);
        if (currencies.containsKey(currency) || currencies.size() < REMEMBERED) {
          currencies.computeIfAbsent(currency, s -> new OddCells.Tally()).add(row, line, text);
        }
      } else if (i > 0 && Character.isDigit(text.charAt(i - 1)) && isBeforeDigit(text, i)) {
        spaces |= Character.isSpaceChar(sign);
        apostrophes |= sign == '\'' || sign == '\u2019';
      }
    }
  }

  private static boolean isBeforeDigit(String text, int i) {
    return i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
  }

  /** Why the numbers can't be compared; null if they can. */
  @Nullable String mixture(String column, long cells) {
    if (currencies.size() < 2) {
      return null;
    }
    return "its amounts are in several currencies (%s); convert them into one, or take the numbers as they are (--numeric %s)"
        .formatted(
            currencies.values().stream()
                .map(tally -> tally.of(column, cells).first().get(0).toString())
                .collect(Collectors.joining(", ")),
            Names.option(column));
  }

  /** In words, as it follows on how the column is read; empty if there is nothing. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    if (!currencies.isEmpty()) {
      words.append(", in ").append(String.join(" and ", currencies.keySet()));
    }
    if (spaces || apostrophes) {
      words.append(spaces ? ", spaces" : ", apostrophes").append(" between thousands");
    }
    return words.toString();
  }
}
