package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.DataRandom;

/** Records with and without quotation marks, as Commons CSV alone reads them. */
class CsvRecordsTest {

  private static final String PLAIN = "ab1., \t;,\n\r\u00A0\u2003\u001F\u0000\u0085";

  /** Cells, and the line behind them; or what is wrong. */
  private record Found(List<String> cells, long line) {}

  private static final Found REFUSED = new Found(List.of("refused"), 0);

  private static Dialect dialect(char delimiter) {
    return new Dialect(delimiter, false, false, 0);
  }

  private static List<Found> ours(String text, char delimiter) throws IOException {
    List<Found> found = new ArrayList<>();
    Dialect dialect = dialect(delimiter);
    try (var records = new CsvRecords(dialect.cells(new StringReader(text)), dialect)) {
      for (List<String> cells = records.next(); cells != null; cells = records.next()) {
        found.add(new Found(List.copyOf(cells), records.line()));
      }
    } catch (UncheckedIOException e) {
      found.add(REFUSED);
    }
    return found;
  }

  private static List<Found> theirs(String text, char delimiter) throws IOException {
    List<Found> found = new ArrayList<>();
    Dialect dialect = dialect(delimiter);
    try (CSVParser parser =
        CSVParser.parse(dialect.cells(new StringReader(text)), dialect.format())) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        List<String> cells = Arrays.asList(records.next().values());
        found.add(new Found(cells, parser.getCurrentLineNumber()));
      }
    } catch (UncheckedIOException e) {
      found.add(REFUSED);
    }
    return found;
  }

  private static String drawn(DataRandom random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '\t', ' '})
  void anyTextIsReadAsCommonsCsvReadsIt(char delimiter) throws IOException {
    DataRandom random = new DataRandom(1);
    for (int i = 0; i < 20_000; i++) {
      String letters = i % 2 == 0 ? PLAIN : PLAIN + "\"\"";
      String text = drawn(random, letters, random.nextInt(30));
      assertThat(ours(text, delimiter)).as("\"%s\"", text).isEqualTo(theirs(text, delimiter));
    }
  }

  /** A line may lie across what is read at a time, and be longer than that. */
  @Test
  void longTextsAreReadAsCommonsCsvReadsThem() throws IOException {
    DataRandom random = new DataRandom(2);
    for (int length : new int[] {1000, 65_535, 65_536, 65_537, 200_000}) {
      String line = drawn(random, "ab1.,", length);
      for (String text :
          List.of(
              line,
              line + "\r\n" + line,
              (drawn(random, "a1.,", 99) + "\r\n").repeat(2000) + line + "\n\"a,\n\"\"b\",c\n1,2",
              line + "\r")) {
        assertThat(ours(text, ',')).isEqualTo(theirs(text, ','));
      }
    }
  }
}
