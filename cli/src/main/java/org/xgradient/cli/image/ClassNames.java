package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.DataException;

/**
 * The names of a network's classes.
 *
 * @param names the names, in the order of the outputs
 */
public record ClassNames(ImmutableList<String> names) {

  private static final String NAME = "name";
  private static final String INDEX = "index";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /**
   * Names that are only numbers.
   *
   * @param count how many
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
   * @param file comma-separated values with a header, among them a column {@code name}; the rows in
   *     the order of the outputs, which a column {@code index}, if there is one, must confirm
   * @return the names
   * @throws DataException if the file cannot be read or is not of that kind
   */
  public static ClassNames read(Path file) {
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
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
    return new ClassNames(names.build());
  }

  private static void check(Path file, List<String> columns, CSVRecord row, int index) {
    if (row.size() != columns.size()) {
      throw new DataException(
          "line %d of %s must have %d cells like the header, found %d"
              .formatted(index + 2, file, columns.size(), row.size()));
    }
    if (columns.contains(INDEX) && !row.get(INDEX).strip().equals(Integer.toString(index))) {
      throw new DataException(
          "the indices of the classes in %s must be 0, 1, 2 and so on, found \"%s\" instead of %d"
              .formatted(file, row.get(INDEX), index));
    }
  }

  /** {@return the number of classes} */
  public int size() {
    return names.size();
  }
}
