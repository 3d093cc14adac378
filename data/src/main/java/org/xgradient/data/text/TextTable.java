package org.xgradient.data.text;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.DataException;

/** Texts that are a column of a table. */
final class TextTable {

  private static final String DELIMITERS = ",;\t|";

  private TextTable() {}

  static LabelledTexts read(
      Path file,
      String content,
      String text,
      Optional<String> label,
      BinaryOperator<String> labelOf) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter(content))
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (CSVParser rows = CSVParser.parse(new StringReader(content), format)) {
      require(file, rows, text);
      label.ifPresent(column -> require(file, rows, column));
      ImmutableList.Builder<String> texts = ImmutableList.builder();
      ImmutableList.Builder<String> labels = ImmutableList.builder();
      int count = 0;
      for (CSVRecord row : rows) {
        count++;
        texts.add(cell(file, row, count, text));
        int number = count;
        label.ifPresent(
            column ->
                labels.add(
                    labelOf.apply(
                        "row %s of %s".formatted(number, file), cell(file, row, number, column))));
      }
      if (count == 0) {
        throw new DataException(
            "%s has a header and no rows; give a table of texts".formatted(file));
      }
      return new LabelledTexts(
          texts.build(),
          label.map(column -> labels.build()),
          numbers(count),
          LabelledTexts.Unit.ROW);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new DataException(
          "%s must be a table in CSV with a header, found: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The one of the usual delimiters that the header has most of. */
  private static String delimiter(String content) {
    String header = content.lines().findFirst().orElse("");
    char most = ',';
    long count = 0;
    for (int i = 0; i < DELIMITERS.length(); i++) {
      char candidate = DELIMITERS.charAt(i);
      long found = header.chars().filter(c -> c == candidate).count();
      if (found > count) {
        most = candidate;
        count = found;
      }
    }
    return String.valueOf(most);
  }

  private static void require(Path file, CSVParser rows, String column) {
    if (!rows.getHeaderNames().contains(column)) {
      throw new DataException(
          "%s must have a column \"%s\", found %s"
              .formatted(file, column, String.join(", ", rows.getHeaderNames())));
    }
  }

  private static String cell(Path file, CSVRecord row, int number, String column) {
    if (!row.isSet(column) || row.get(column).isBlank()) {
      throw new DataException(
          "row %s of %s has nothing in column \"%s\"; fill it, or delete the row"
              .formatted(number, file, column));
    }
    return row.get(column).strip();
  }

  private static ImmutableIntArray numbers(int count) {
    ImmutableIntArray.Builder numbers = ImmutableIntArray.builder(count);
    for (int i = 1; i <= count; i++) {
      numbers.add(i);
    }
    return numbers.build();
  }
}
