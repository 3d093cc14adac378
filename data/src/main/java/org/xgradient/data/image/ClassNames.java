package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.RegularFiles;

/**
 * The names of a network's classes.
 *
 * @param names the names, in the order of the outputs, at least one; two may be the same, as among
 *     those of ImageNet
 */
public record ClassNames(ImmutableList<String> names) {

  private static final String NAME = "name";
  private static final String INDEX = "index";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ClassNames {
    checkArgument(!names.isEmpty(), "there must be a name for at least one class, found none");
  }

  /**
   * Names that are only numbers.
   *
   * @param count how many, at least 1
   * @return "class 0" and so on
   */
  public static ClassNames numbered(int count) {
    return new ClassNames(
        IntStream.range(0, count)
            .mapToObj(index -> "class " + index)
            .collect(ImmutableList.toImmutableList()));
  }

  /**
   * Reads names.
   *
   * @param file a text file {@code *.txt} with a name on each line, or comma-separated values with
   *     a header, among them a column {@code name}; in the order of the outputs, which a column
   *     {@code index}, if there is one, must confirm
   * @return the names
   * @throws DataException if the file cannot be read, is not of that kind, or has no names
   */
  public static ClassNames read(Path file) {
    RegularFiles.check(file);
    try {
      boolean text = Ascii.toLowerCase(file.toString()).endsWith(".txt");
      ImmutableList<String> names = text ? lines(file) : column(file);
      if (names.isEmpty()) {
        throw new DataException("%s must have the names of classes, found none".formatted(file));
      }
      return new ClassNames(names);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static ImmutableList<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> column(Path file) throws IOException {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<String> columns = rows.getHeaderNames();
      if (!columns.contains(NAME)) {
        throw new DataException(
            "%s must have a column \"%s\", found %s".formatted(file, NAME, columns));
      }
      int index = 0;
      for (CSVRecord row : rows) {
        check(file, columns, row, index++);
        names.add(row.get(NAME));
      }
    }
    return names.build();
  }

  private static void check(Path file, List<String> columns, CSVRecord row, int index) {
    if (row.size() != columns.size()) {
      throw new DataException(
          "line %s of %s must have %s cells like the header, found %s"
              .formatted(index + 2, file, columns.size(), row.size()));
    }
    if (columns.contains(INDEX) && !row.get(INDEX).strip().equals(Integer.toString(index))) {
      throw new DataException(
          "the indices of the classes in %s must be 0, 1, 2 and so on, found \"%s\" instead of %s"
              .formatted(file, row.get(INDEX), index));
    }
  }

  /**
   * Writes the names as {@link #read} reads them, with their indices.
   *
   * @param file the file {@code *.csv} to write or replace
   * @throws IOException if it can't be written
   */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter rows = new CSVPrinter(text, CSVFormat.DEFAULT)) {
      rows.printRecord(INDEX, NAME);
      for (int index = 0; index < names.size(); index++) {
        rows.printRecord(index, names.get(index));
      }
    }
    AtomicFiles.writeText(file, text.toString());
  }

  /** {@return the number of classes} */
  public int size() {
    return names.size();
  }
}
