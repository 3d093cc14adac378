package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.table.text.Cells;
import org.xgradient.data.table.text.Names;

/**
 * How the rows of a file are written, found out from its first rows.
 *
 * @param delimiter what stands between cells
 * @param declared whether the first line does nothing but name the delimiter, as {@code sep=;} does
 * @param named whether each row begins with a name that the header does not speak of, as R has it
 * @param above how many lines of fewer cells stand above rows that are all of one width, and are no
 *     header therefore
 */
record Dialect(char delimiter, boolean declared, boolean named, int above) {

  private static final ImmutableList<Character> USUAL = ImmutableList.of(',', ';', '\t', '|');
  private static final char BLANKS = ' ';
  private static final String DECLARATION = "sep=";
  private static final int SAMPLE = 1 << 16;
  private static final int SAMPLE_ROWS = 200;

  /**
   * Finds out about a text.
   *
   * @param text the text, which is at its beginning afterwards
   * @param given the delimiter, if the user says
   */
  static Dialect of(BufferedReader text, Optional<Character> given) throws IOException {
    String sample = sample(text);
    String first = sample.lines().findFirst().orElse("").replace("\"", "");
    boolean declared = first.startsWith(DECLARATION) && first.length() == DECLARATION.length() + 1;
    String rows = declared ? sample.substring(sample.indexOf('\n') + 1) : sample;
    Optional<Character> known =
        given.isEmpty() && declared ? Optional.of(first.charAt(DECLARATION.length())) : given;
    Candidate best =
        known.map(delimiter -> Candidate.of(rows, delimiter)).orElseGet(() -> best(rows));
    if (known.isEmpty() && (best.width() <= 1 || best.fitting() < 0.5)) {
      Optional<Dialect> below = belowTitles(rows);
      if (below.isPresent()) {
        return below.get();
      }
    }
    return new Dialect(best.delimiter(), declared, best.named(), 0);
  }

  private static String sample(BufferedReader text) throws IOException {
    text.mark(SAMPLE + 1);
    char[] characters = new char[SAMPLE];
    int length = 0;
    for (int read = 0; read >= 0 && length < SAMPLE; length += Math.max(read, 0)) {
      read = text.read(characters, length, SAMPLE - length);
    }
    text.reset();
    return new String(characters, 0, length);
  }

  private static Candidate best(String rows) {
    Candidate best = Candidate.of(rows, USUAL.get(0));
    for (char delimiter : USUAL.subList(1, USUAL.size())) {
      Candidate other = Candidate.of(rows, delimiter);
      if (other.isBetterThan(best)) {
        best = other;
      }
    }
    Candidate blanks = best.width() > 1 ? best : Candidate.of(rows, BLANKS);
    return blanks.isTableOfNumbers() ? blanks : best;
  }

  /** What is found if the first lines are a title or remarks. */
  private static Optional<Dialect> belowTitles(String sample) {
    for (char delimiter : USUAL) {
      List<CSVRecord> rows = rows(sample, delimiter);
      int width = rows.stream().mapToInt(CSVRecord::size).max().orElse(0);
      int above = 0;
      while (above < rows.size() && rows.get(above).size() < width) {
        above++;
      }
      List<CSVRecord> below = rows.subList(above, rows.size());
      boolean alike = below.stream().allMatch(row -> row.size() == width || isBlank(row));
      // Numbers below a name are a column of fractions, whose commas delimit nothing.
      if (width > 1
          && above > 0
          && alike
          && below.size() > above + 1
          && below.get(0).stream().allMatch(cell -> Cells.number(cell) == null)) {
        return Optional.of(new Dialect(delimiter, false, false, above));
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(CSVRecord row) {
    return row.size() == 1 && row.get(0).isEmpty();
  }

  /** The text of the cells, for a parser. */
  Reader cells(Reader text) {
    return cells(text, delimiter);
  }

  private static Reader cells(Reader text, char delimiter) {
    return delimiter == BLANKS ? new BlankRuns(text) : text;
  }

  /** The format of the rows, for a parser. */
  CSVFormat format() {
    return format(delimiter);
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(false)
        .get();
  }

  /** The whole rows of a sample, which may end in the midst of one. */
  private static List<CSVRecord> rows(String sample, char delimiter) {
    List<CSVRecord> rows = new ArrayList<>();
    boolean whole = sample.length() < SAMPLE;
    try (CSVParser parser =
        CSVParser.parse(cells(new StringReader(sample), delimiter), format(delimiter))) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext() && rows.size() < SAMPLE_ROWS) {
        rows.add(records.next());
      }
      whole |= records.hasNext();
    } catch (IOException | UncheckedIOException e) {
      // What is wrong with the quotation marks is said when the row is read.
      return rows;
    }
    return whole || rows.size() < 2 ? rows : rows.subList(0, rows.size() - 1);
  }

  /**
   * What the first rows are with a delimiter.
   *
   * @param width the cells of the header
   * @param fitting the share of the rows that are as wide, but for a name or a trailing delimiter
   * @param named whether each row has one cell more, which is its name
   * @param measured whether all rows have a number at one place
   */
  private record Candidate(
      char delimiter, int width, double fitting, boolean named, boolean measured) {

    static Candidate of(String sample, char delimiter) {
      List<CSVRecord> rows = rows(sample, delimiter);
      if (rows.isEmpty()) {
        return new Candidate(delimiter, 0, 0, false, false);
      }
      CSVRecord header = rows.get(0);
      List<CSVRecord> cells =
          rows.subList(1, rows.size()).stream().filter(row -> !isBlank(row)).toList();
      boolean named = areNamed(header, cells);
      double fitting =
          cells.stream().filter(row -> named || fits(row, header)).count()
              / (double) Math.max(1, cells.size());
      boolean measured =
          IntStream.range(0, header.size())
              .anyMatch(
                  place ->
                      cells.stream()
                          .allMatch(
                              row -> place < row.size() && Cells.number(row.get(place)) != null));
      return new Candidate(delimiter, header.size(), fitting, named, measured);
    }

    /** A comma too many may be one of decimals: names are numbers from 1 on, or texts. */
    private static boolean areNamed(CSVRecord header, List<CSVRecord> cells) {
      List<String> names = cells.stream().map(row -> row.get(0)).toList();
      return header.size() > 1
          && cells.size() > 1
          && cells.stream().allMatch(row -> row.size() == header.size() + 1)
          && !cells.stream().allMatch(row -> row.get(row.size() - 1).isEmpty())
          && Names.firstDuplicate(names).isEmpty()
          && IntStream.range(0, names.size())
              .allMatch(
                  i ->
                      Cells.number(names.get(i)) == null
                          || names.get(i).equals(Integer.toString(i + 1)));
    }

    private static boolean fits(CSVRecord row, CSVRecord header) {
      int more = row.size() - header.size();
      return more == 0
          || (more == 1 && row.get(row.size() - 1).isEmpty())
          || (more == -1 && header.get(header.size() - 1).isEmpty());
    }

    /** Words of texts have blanks between them too, but not as many in each line. */
    boolean isTableOfNumbers() {
      return width > 1 && fitting == 1 && measured;
    }

    boolean isBetterThan(Candidate other) {
      if ((width > 1) != (other.width > 1)) {
        return width > 1;
      }
      return fitting > other.fitting || (fitting == other.fitting && width > other.width);
    }
  }
}
