package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.DateOrder;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Counts;
import org.xgradient.data.table.text.Names;

/** Finds out by the cells of a column how it is best read. */
final class ColumnScan {

  private static final String AMBIGUOUS =
      "day and month of its dates may change places; write them as 2024-01-31";

  private final String name;
  private final String option;
  private final boolean isLabel;
  private final ImmutableSet<String> missingTexts;
  private final ImmutableSet<String> missingAmongNumbers;
  private final TokenSet missing;
  private final TokenSet amongNumbers;
  private final NumberScan numbers = new NumberScan();
  private final DateScan dates = new DateScan();
  private final NumberDress dress = new NumberDress();
  private final DressedNumbers dressed = new DressedNumbers();
  private final OddCells.Tally dashes = new OddCells.Tally();
  private final OddCells.Tally zeros = new OddCells.Tally();
  private boolean numerals = true;

  /**
   * Begins without a cell.
   *
   * @param isLabel whether it is to be predicted, and can't be left out
   */
  ColumnScan(
      String name,
      boolean isLabel,
      ImmutableSet<String> missingTexts,
      ImmutableSet<String> missingAmongNumbers) {
    this.isLabel = isLabel;
    this.name = name;
    this.option = Names.option(name);
    this.missingTexts = missingTexts;
    this.missingAmongNumbers = missingAmongNumbers;
    this.missing = new TokenSet(missingTexts);
    this.amongNumbers = new TokenSet(missingAmongNumbers);
  }

  void add(String text, long row, long line) {
    if (missing.contains(text)) {
      return;
    }
    numerals = numerals && Cells.isNumeral(text);
    if (amongNumbers.contains(text)) {
      dashes.add(row, line, text);
      return;
    }
    boolean isNumber = numbers.add(text, row, line);
    dates.add(text, row, line);
    if (isNumber) {
      dress.add(text, row, line);
      if (Cells.isCode(text)) {
        zeros.add(row, line, text);
      }
    } else {
      dressed.add(text);
    }
  }

  String name() {
    return name;
  }

  /** What to say of a column that is read as numbers, and may have codes. */
  Optional<String> note() {
    return zeros.count() > 0 && numbers.evidence() == NumberScan.Evidence.NONE
        ? Optional.of(TableNotes.ofZeros(zeros.of(name, numbers.cells()), isLabel))
        : Optional.empty();
  }

  /** What is left out of its cells if they are read as numbers; empty if nothing is. */
  String dress() {
    return dress.toString();
  }

  NumberScan.Evidence evidence() {
    return isMostlyNumbers() ? numbers.evidence() : NumberScan.Evidence.NONE;
  }

  /** Whether all cells are missing. */
  boolean isEmpty() {
    return numbers.cells() == 0 && dashes.count() == 0;
  }

  private boolean isMostlyNumbers() {
    return numbers.cells() > 0 && 2 * fewestOdd() < numbers.cells();
  }

  private long fewestOdd() {
    return Math.min(numbers.odd(name, '.').count(), numbers.odd(name, ',').count());
  }

  /**
   * Guesses.
   *
   * @param chosen what a person decided that it is
   * @param decimal the decimal sign, if a person decided it
   * @param commas whether other columns have decimal commas
   * @param tolerance the share of cells that may be no numbers in a column of numbers
   */
  ColumnGuess guess(
      Optional<ColumnGuess.Kind> chosen,
      Optional<Character> decimal,
      boolean commas,
      double tolerance) {
    if (chosen.isPresent()) {
      return switch (chosen.get()) {
        case LEVELS -> levels(null);
        case DATES ->
            dates(
                tolerance,
                "write all alike, or take them as categories (--categorical %s instead of --dates %s)"
                    .formatted(option, option),
                "correct them, or name them by --missing if they are missing");
        case TIMES ->
            dates.isMostlyDates()
                ? dates(0, "write all alike", "fill them in, or leave such rows out")
                : needed(
                    decimal,
                    commas,
                    "it is to order the rows (--time %s), but %s neither numbers nor dates (%s); name a column of dates or numbers");
        case WEIGHTS ->
            needed(
                decimal,
                commas,
                "it is to weigh the rows (--weight %s), but %s no numbers (%s); name a column of numbers");
        case NUMBERS -> numbers(decimal, commas, 1);
      };
    }
    if (dates.isMostlyDates()) {
      String mixture = dates.mixture(tolerance);
      if (mixture != null) {
        return levels(
            "%s; write all alike, or take them as categories (--categorical %s)%s"
                .formatted(mixture, option, orLeaveOut()));
      }
      if (dates.isAmbiguous()) {
        return levels(
            "%s, or take them as categories (--categorical %s)%s"
                .formatted(AMBIGUOUS, option, orLeaveOut()));
      }
      return levels(
          "it has dates (%s); --dates %s makes them days since 1970-01-01%s, --categorical %s takes them as categories%s"
              .formatted(
                  firstDate(dates.best()),
                  option,
                  dates.best() == DateOrder.DIGITS
                      ? ", --numeric %s takes them as numbers".formatted(option)
                      : "",
                  option,
                  isLabel ? "" : ", --drop %s leaves them out".formatted(option)));
    }
    String forms = numbers.twoForms(tolerance);
    if (forms != null) {
      return levels(
          "%s; write all alike, or take one form and count the other as missing (--numeric %s; --decimal . or --decimal , says which, for all columns), or take all as categories (--categorical %s)%s"
              .formatted(forms, option, option, orLeaveOut()));
    }
    if (isEmpty() || isMostlyNumbers()) {
      return numbers(decimal, commas, tolerance);
    }
    return levels(
        dressed
            .found(numbers.cells(), numbers.plain())
            .map(
                example ->
                    "its cells are texts with numbers in them, such as \"%s\", which are not read; write plain numbers or dates if they are such, or take the texts as categories (--categorical %s)%s"
                        .formatted(example, option, orLeaveOut()))
            .orElse(null));
  }

  private String orLeaveOut() {
    return isLabel ? "" : ", or leave the column out (--drop %s)".formatted(option);
  }

  private String firstDate(DateOrder order) {
    return "%s, written %s"
        .formatted(
            Counts.among(dates.fitting(order), numbers.cells(), "cell"), DateScan.words(order));
  }

  private ColumnGuess levels(@Nullable String doubt) {
    return new ColumnGuess(
        new ColumnReading.Levels(numerals, missingTexts),
        new OddCells.Tally().of(name, numbers.cells() + dashes.count()),
        doubt);
  }

  /**
   * Takes the cells as dates.
   *
   * @param tolerance the share of the cells that may be none
   * @param advice what to do if they are written in several forms
   * @param ofNone what to do with cells that are none
   */
  private ColumnGuess dates(double tolerance, String advice, String ofNone) {
    DateOrder order = dates.best();
    OddCells odd = dates.odd(name, order);
    String doubt = null;
    String mixture = dates.mixture(tolerance);
    if (mixture != null) {
      doubt = mixture + "; " + advice;
    } else if (dates.isAmbiguous() && dates.fitting(order) > 0) {
      doubt = AMBIGUOUS;
    } else if (odd.share() > tolerance) {
      doubt =
          "%s %s (%s); %s"
              .formatted(
                  Counts.among(odd.count(), odd.cells(), "cell"),
                  Counts.verb(odd.count(), "is no date", "are no dates"),
                  odd.places(),
                  ofNone);
    }
    return new ColumnGuess(new ColumnReading.Dates(order, missingAmongNumbers), odd, doubt);
  }

  /**
   * Takes the cells as numbers of which none may be missing.
   *
   * @param unfit what to say if most are none, with places for the column and the cells
   */
  private ColumnGuess needed(Optional<Character> decimal, boolean commas, String unfit) {
    String forms = numbers.twoForms(0);
    if (forms != null) {
      return levels(forms + "; write all alike");
    }
    if (isEmpty() || isMostlyNumbers()) {
      return numbers(decimal, commas, 0, "correct these cells");
    }
    return levels(
        unfit.formatted(
            option,
            Counts.among(fewestOdd(), numbers.cells(), "cell")
                + Counts.verb(fewestOdd(), " is", " are"),
            numbers.odd(name, '.').places()));
  }

  private ColumnGuess numbers(Optional<Character> decimal, boolean commas, double tolerance) {
    return numbers(
        decimal,
        commas,
        tolerance,
        "correct these cells, or count them as missing (--numeric %s, or --missing TEXT for some)%s, or take all as categories (--categorical %s)%s"
            .formatted(
                option,
                isLabel ? " and leave their rows out (--drop-unlabelled)" : "",
                option,
                orLeaveOut()));
  }

  /**
   * Takes the cells as numbers.
   *
   * @param advice what to do about cells that are none
   */
  private ColumnGuess numbers(
      Optional<Character> decimal, boolean commas, double tolerance, String advice) {
    NumberScan.Evidence evidence = numbers.evidence();
    char sign =
        decimal.orElse(
            evidence == NumberScan.Evidence.COMMA
                    || (evidence == NumberScan.Evidence.NONE && commas)
                ? ','
                : '.');
    OddCells odd = numbers.odd(name, sign);
    var reading = new ColumnReading.Numbers(numbers.style(sign), missingAmongNumbers);
    return new ColumnGuess(
        reading, odd, doubt(evidence, odd, decimal.isPresent(), commas, tolerance, advice));
  }

  private @Nullable String doubt(
      NumberScan.Evidence evidence,
      OddCells odd,
      boolean decided,
      boolean commas,
      double tolerance,
      String advice) {
    if (!decided
        && (evidence == NumberScan.Evidence.AMBIGUOUS
            || (evidence == NumberScan.Evidence.POINTS_OR_GROUPS && commas))) {
      return "%s, which may have a fraction or thousands; say --decimal . or --decimal ,"
          .formatted(numbers.ambiguous(name).places());
    }
    String mixture = numbers.mixture(name);
    if (mixture == null) {
      mixture = dress.mixture(name, numbers.cells());
    }
    if (mixture != null && tolerance < 1) {
      return mixture;
    }
    if (odd.cells() > 0 && odd.count() == odd.cells()) {
      String option = decided ? "--decimal" : "--numeric";
      return "no cell is a number (%s); leave out %s%s"
          .formatted(odd.places(), option, decided && tolerance == 1 ? " or --numeric" : "");
    }
    if (odd.share() > tolerance) {
      long fit = odd.cells() - odd.count();
      return "%s %s, but %s; %s"
          .formatted(
              Counts.among(fit, odd.cells(), "cell"),
              Counts.verb(fit, "is a number", "are numbers"),
              odd.places(),
              advice);
    }
    return null;
  }
}
