package org.xgradient.data.table;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;

/** The rows of a CSV file, one at a time, each as wide as the header. */
final class CsvRows implements AutoCloseable {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final ImmutableList<String> header;
  private long row;

  private CsvRows(Path file, CSVParser parser) {
    this.file = file;
    this.parser = parser;
    this.records = parser.iterator();
    this.header = readHeader();
  }

  static CsvRows open(Path file, char delimiter) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(false)
            .get();
    if (Files.isDirectory(file)) {
      throw new DataException(file + " is a folder, must be a CSV file; check the path");
    }
    try {
      return open(file, Files.newBufferedReader(file, StandardCharsets.UTF_8), format);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static CsvRows open(Path file, Reader reader, CSVFormat format) throws IOException {
    try {
      return new CsvRows(file, CSVParser.parse(reader, format));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The names of the columns, in the order of the cells. */
  ImmutableList<String> header() {
    return header;
  }

  /** The next row's cells, or null after the last one. */
  @Nullable CSVRecord next() {
    CSVRecord cells = read();
    // A blank line, such as at the end of the file, is no row unless the table is one cell wide.
    while (cells != null && header.size() > 1 && isBlank(cells)) {
      cells = read();
    }
    if (cells == null) {
      return null;
    }
    row++;
    if (cells.size() != header.size()) {
      throw new DataException(
          "%s: must have %s cells like the header, found %s; correct the row"
              .formatted(where(), header.size(), cells.size()));
    }
    return cells;
  }

  /** The number of rows read so far. */
  long row() {
    return row;
  }

  /** The place of the row just read, counted from 1, for messages. */
  String where() {
    return "%s, row %s (line %s)".formatted(file, row, parser.getCurrentLineNumber());
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new DataException("cannot close " + file, e);
    }
  }

  private ImmutableList<String> readHeader() {
    CSVRecord first = read();
    if (first == null || isBlank(first)) {
      throw new DataException(
          file + " is empty or begins with a blank line; its first line must name the columns");
    }
    ImmutableList<String> names =
        first.stream()
            .map(name -> name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name)
            .map(String::strip)
            .collect(ImmutableList.toImmutableList());
    Names.firstDuplicate(names)
        .ifPresent(
            name -> {
              throw new DataException(
                  "%s: the columns must have different names, found \"%s\" twice; rename one"
                      .formatted(file, name));
            });
    return names;
  }

  private static boolean isBlank(CSVRecord cells) {
    return cells.size() == 1 && cells.get(0).isEmpty();
  }

  private @Nullable CSVRecord read() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw new DataException(
            "%s: the text after row %s must be UTF-8; save the file as UTF-8".formatted(file, row),
            e);
      }
      throw new DataException(
          "%s: cannot read the row after row %s (%s); check its quotation marks"
              .formatted(file, row, firstLine(e)),
          e);
    }
  }

  private static String firstLine(Throwable cause) {
    return Throwables.getRootCause(cause).toString().lines().findFirst().orElse("no reason given");
  }
}
