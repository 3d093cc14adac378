package org.xgradient.data.table.reading;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.table.text.Cells;

/**
 * The rows of a CSV file, one at a time, each as wide as the header.
 *
 * <p>What programs add of their own is no cell: a delimiter at the end of each row, and the names
 * of the rows that the header of R does not speak of.
 */
final class CsvRows implements AutoCloseable {

  private final Path path;
  private final Path file;
  private final FileForm form;
  private final Dialect dialect;
  private final CsvRecords records;
  private final ImmutableList<String> header;

  /** The first row, where it had to be read for the number of columns. */
  private @Nullable List<String> ahead;

  private long row;

  private CsvRows(Path path, Path file, FileForm form, Dialect dialect, CsvRecords records) {
    this.path = path;
    this.file = file;
    this.form = form;
    this.dialect = dialect;
    this.records = records;
    this.header = readHeader();
  }

  /**
   * Opens a file.
   *
   * @param path where its bytes are
   * @param file what messages call it
   */
  static CsvRows open(Path path, Path file, FileForm form) {
    try {
      BufferedReader text = TableText.open(path, file, form.encoding());
      try {
        for (int i = 0; i < form.skipped() && text.readLine() != null; i++) {}
        Dialect dialect = Dialect.of(text, form.delimiter());
        if (dialect.above() > 0) {
          throw linesAbove(file, form, dialect);
        }
        if (dialect.declared()) {
          text.readLine();
        }
        return new CsvRows(path, file, form, dialect, new CsvRecords(dialect.cells(text), dialect));
      } catch (IOException | RuntimeException e) {
        text.close();
        throw e;
      }
    } catch (CharacterCodingException e) {
      throw notText(path, file, form.encoding(), e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** The names of the columns, in the order of the cells; some may be empty or alike. */
  ImmutableList<String> header() {
    return header;
  }

  char delimiter() {
    return dialect.delimiter();
  }

  /** The next row's cells, or null after the last one. */
  @Nullable List<String> next() {
    List<String> cells = ahead == null ? read() : ahead;
    ahead = null;
    // A blank line, such as at the end of the file, is no row unless the table is one cell wide.
    while (cells != null && header.size() > 1 && isBlank(cells)) {
      cells = read();
    }
    if (cells == null) {
      return null;
    }
    row++;
    // In quotation marks, and of those that do not break, spaces are none of a cell either.
    cells.replaceAll(Cells::trimmed);
    List<String> fitted = fitted(cells);
    if (form.headed() && header.size() > 1 && fitted.equals(header)) {
      throw new DataException(
          where()
              + " has the names of the columns again, as where files were joined; delete it, or give"
              + " --no-header if the first line is a row and no header");
    }
    return fitted;
  }

  private List<String> fitted(List<String> cells) {
    List<String> unnamed = dialect.named() ? cells.subList(1, cells.size()) : cells;
    int width = header.size();
    if (unnamed.size() == width + 1 && unnamed.get(width).isEmpty()) {
      return unnamed.subList(0, width);
    }
    if (unnamed.size() == width - 1 && header.get(width - 1).isEmpty()) {
      return ImmutableList.<String>builder().addAll(unnamed).add("").build();
    }
    if (unnamed.size() != width) {
      throw new DataException(
          "%s: must have %s cells like the %s, found %s; correct the row, or name what stands"
                  .formatted(where(), width, form.headed() ? "header" : "first row", unnamed.size())
              + " between cells (--delimiter, found \"%s\")".formatted(dialect.delimiter()));
    }
    return unnamed;
  }

  /** The number of rows read so far. */
  long row() {
    return row;
  }

  /** The line of the file that the row just read ends in. */
  long line() {
    return records.line() + form.skipped() + (dialect.declared() ? 1 : 0);
  }

  /** The place of the row just read, counted from 1 without the header, for messages. */
  String where() {
    return "%s, row %s (line %s)".formatted(file, row, line());
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw new DataException("cannot close " + file, e);
    }
  }

  private ImmutableList<String> readHeader() {
    List<String> first = read();
    if (first == null || isBlank(first)) {
      throw new DataException(
          file
              + " is empty or begins with a blank line"
              + (form.skipped() > 0
                  ? " behind the %s lines of --skip-lines".formatted(form.skipped())
                  : "")
              + "; its first line must "
              + (form.headed() ? "name the columns" : "be a row"));
    }
    if (first.stream().anyMatch(cell -> cell.indexOf('\0') >= 0)) {
      throw withZeros(file);
    }
    if (!form.headed()) {
      ahead = first;
      return IntStream.rangeClosed(1, first.size())
          .mapToObj(i -> "V" + i)
          .collect(ImmutableList.toImmutableList());
    }
    return first.stream().map(Cells::trimmed).collect(ImmutableList.toImmutableList());
  }

  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && cells.get(0).isEmpty();
  }

  private @Nullable List<String> read() {
    long before = line();
    try {
      return records.next();
    } catch (IOException | UncheckedIOException e) {
      if (Throwables.getRootCause(e) instanceof CharacterCodingException) {
        throw notText(path, file, form.encoding(), e);
      }
      throw new DataException(
          "%s: cannot read the row after row %s, from line %s on (%s); check its quotation marks, of which one within a cell is written twice"
              .formatted(file, row, before + 1, firstLine(e)),
          e);
    }
  }

  private static String firstLine(Throwable cause) {
    Throwable root = Throwables.getRootCause(cause);
    // Commons CSV counts from where it began to read.
    return Optional.ofNullable(root.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .map(line -> line.replaceAll("\\(startline \\S+ | at line: .*", ""))
        .orElse(root.getClass().getSimpleName());
  }

  private static DataException linesAbove(Path file, FileForm form, Dialect dialect) {
    int lines = form.skipped() + dialect.above();
    return new DataException(
        "%s: the first line is no header, for it has fewer cells than all rows from line %s on, which have \"%s\" between them; if a title or remarks stand above the header, leave them out (--skip-lines %s), and otherwise say what stands between cells (--delimiter SIGN)"
            .formatted(file, lines + 1, dialect.delimiter(), lines));
  }

  private static DataException withZeros(Path file) {
    return new DataException(
        "%s has zeros between its letters, so it is no text, or one in UTF-16; name its encoding (--encoding UTF-16LE or UTF-16BE)"
            .formatted(file));
  }

  private static DataException notText(
      Path path, Path file, Optional<Charset> encoding, Exception cause) {
    if (encoding.isEmpty() && TableText.hasZeros(path, file)) {
      DataException zeros = withZeros(file);
      zeros.initCause(cause);
      return zeros;
    }
    return new DataException(
        "%s: the text must be %s, %s; save the file as UTF-8, or name its encoding, such as windows-1252 (--encoding)"
            .formatted(
                file,
                encoding.map(Charset::name).orElse("UTF-8"),
                TableText.firstMalformed(path, file, encoding).orElse("found other bytes")),
        cause);
  }
}
