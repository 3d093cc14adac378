package org.xgradient.data.table.reading;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Names;

/** What may be read otherwise than it was meant, though nothing in the file says so. */
final class TableNotes {

  /** What people and programs write for a number that is not known. */
  private static final ImmutableSet<Double> STANDING_FOR_NOTHING =
      ImmutableSet.of(
          -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0);

  private static final int FEWEST = 2;

  private static final Pattern TOTAL =
      Pattern.compile(
          "(grand |sub|column |row )?(totals?|sums?|total général|totaux|somme|summen?|gesamt(summe)?|insgesamt|totale|suma)\\s*:?",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace().or(CharMatcher.anyOf("\u00A0\u202F")))
          .omitEmptyStrings();

  private TableNotes() {}

  static ImmutableList<String> of(Table table) {
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    for (Column column : table.columns()) {
      if (column instanceof CategoricalColumn levels) {
        alike(levels).ifPresent(notes::add);
      } else if (column.reading() instanceof ColumnReading.Numbers) {
        standingForNothing((NumericColumn) column).forEach(notes::add);
      }
    }
    return notes.build();
  }

  /** Levels that one person would take for one. */
  private static Optional<String> alike(CategoricalColumn column) {
    ListMultimap<String, String> byLetters =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    column.levels().forEach(level -> byLetters.put(letters(level), level));
    return byLetters.asMap().values().stream()
        .filter(levels -> levels.size() > 1)
        .findFirst()
        .map(
            levels ->
                "column \"%s\": the levels %s differ in upper and lower case, blanks or forms of Unicode only, and count as %s; write them alike if they are one"
                    .formatted(column.name(), all(levels), words(levels.size())));
  }

  private static String all(Collection<String> levels) {
    return levels.size() == 2 ? Names.list(levels).replace(", ", " and ") : Names.list(levels);
  }

  private static String words(int count) {
    return count == 2 ? "two" : "several";
  }

  private static String letters(String level) {
    return String.join(
        " ",
        WORDS.split(Normalizer.normalize(level, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT)));
  }

  /** Numbers such as -999 that are often the largest or least, and far from all others. */
  private static List<String> standingForNothing(NumericColumn column) {
    // Sorting takes long, and few columns need it.
    if (!endsWithSuch(column)) {
      return List.of();
    }
    double[] sorted =
        IntStream.range(0, column.rows())
            .filter(row -> !column.isMissing(row))
            .mapToDouble(column::value)
            .sorted()
            .toArray();
    double[] different = Arrays.stream(sorted).distinct().toArray();
    if (different.length <= FEWEST) {
      return List.of();
    }
    int last = different.length - 1;
    double least = different[0];
    double largest = different[last];
    return IntStream.of(0, last)
        .filter(end -> STANDING_FOR_NOTHING.contains(different[end]))
        .filter(
            end ->
                end == 0
                    ? different[1] - least > largest - different[1]
                    : largest - different[last - 1] > different[last - 1] - least)
        .mapToObj(
            end ->
                note(
                    column.name(),
                    different[end],
                    Arrays.stream(sorted).filter(number -> number == different[end]).count(),
                    sorted.length,
                    different[end == 0 ? 1 : last - 1]))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean endsWithSuch(NumericColumn column) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < column.rows(); row++) {
      double value = column.value(row);
      least = value < least ? value : least;
      largest = value > largest ? value : largest;
    }
    return STANDING_FOR_NOTHING.contains(least) || STANDING_FOR_NOTHING.contains(largest);
  }

  private static Optional<String> note(
      String column, double number, long count, int cells, double next) {
    String written = Cells.plain(number);
    return count < FEWEST
        ? Optional.empty()
        : Optional.of(
            "column \"%s\": %s cells have %s, far from all others (the next is %s), and are read as numbers; if it stands for what is not known, say so (--missing=%s)"
                .formatted(column, count + " of " + cells, written, Cells.plain(next), written));
  }

  /**
   * Whether a row begins as one does that sums up those above it.
   *
   * @param cells its cells
   */
  static boolean isTotal(List<String> cells) {
    return cells.stream()
        .filter(cell -> !cell.isEmpty())
        .findFirst()
        .filter(cell -> TOTAL.matcher(cell).matches())
        .isPresent();
  }

  /** What is said of a last row that does so. */
  static String ofTotal(long row, long line) {
    return "row %d (line %d), the last one, begins as a row of totals does, and is taken for one like the others; if it is one, delete it"
        .formatted(row, line);
  }

  /**
   * What is said of numbers that are written as codes are.
   *
   * @param isLabel whether the column is to be predicted, and can't be left out
   */
  static String ofZeros(OddCells zeros, boolean isLabel) {
    String option = Names.option(zeros.column());
    return "column \"%s\": %s %s with a zero or %s more than 15 digits, as codes do (%s), and %s read as %s; take codes as categories (--categorical %s)%s, or say that they are numbers (--numeric %s)"
        .formatted(
            zeros.column(),
            Counts.among(zeros.count(), zeros.cells(), "cell"),
            Counts.verb(zeros.count(), "begins", "begin"),
            Counts.verb(zeros.count(), "has", "have"),
            zeros.places(),
            Counts.verb(zeros.count(), "is", "are"),
            Counts.verb(zeros.count(), "a number", "numbers"),
            option,
            isLabel ? "" : " or leave them out (--drop %s)".formatted(option),
            option);
  }
}
