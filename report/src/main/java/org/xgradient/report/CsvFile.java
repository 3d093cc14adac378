package org.xgradient.report;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.Compression;
import org.xgradient.report.text.ReportTable;

/**
 * Writes comma-separated values with a header, in UTF-8, whole or not at all; compressed if the
 * name of the file ends in {@code .gz}, {@code .bz2}, {@code .xz}, {@code .lz4} or {@code .zst}.
 *
 * <p>Numbers are written so that reading them gives the same bits; what is missing is {@code NaN}.
 */
public final class CsvFile {

  private CsvFile() {}

  /** Gives the rows one by one, so that they need not be in memory together. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Writes all rows.
     *
     * @param out takes them in order
     * @throws IOException if one cannot be written
     */
    void writeTo(RowWriter out) throws IOException;
  }

  /** Takes the rows. */
  @FunctionalInterface
  public interface RowWriter {
    /**
     * Writes a row.
     *
     * @param cells texts and numbers, as many as the header has
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if there are more or fewer cells
     */
    void row(List<?> cells) throws IOException;
  }

  /**
   * Writes a file, or replaces it.
   *
   * @param file where to
   * @param header the names of the columns
   * @param rows gives the rows
   * @throws IOException if the file cannot be written; nothing has changed then
   * @throws IllegalArgumentException if a row does not fit the header; nothing has changed then
   */
  public static void write(Path file, List<String> header, Rows rows) throws IOException {
    write(file, Formulas.KEPT, header, rows);
  }

  /**
   * Writes a file, or replaces it.
   *
   * @param file where to
   * @param formulas what is done with texts that a spreadsheet would compute
   * @param header the names of the columns
   * @param rows gives the rows
   * @throws IOException if the file cannot be written; nothing has changed then
   * @throws IllegalArgumentException if a row does not fit the header; nothing has changed then
   */
  public static void write(Path file, Formulas formulas, List<String> header, Rows rows)
      throws IOException {
    AtomicFiles.write(file, out -> write(Compression.of(file, out), formulas, header, rows));
  }

  /**
   * Writes to where there can't be a file, such as the standard output. What was written before an
   * error stays.
   *
   * @param out where to; closed
   * @param formulas what is done with texts that a spreadsheet would compute
   * @param header the names of the columns
   * @param rows gives the rows
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if a row does not fit the header
   */
  public static void write(OutputStream out, Formulas formulas, List<String> header, Rows rows)
      throws IOException {
    try (CsvLines lines = new CsvLines(out, formulas);
        WriteBehind behind = new WriteBehind(lines)) {
      lines.row(header);
      rows.writeTo(
          cells -> {
            checkArgument(
                cells.size() == header.size(),
                "a row must have %s cells, one for each column, found %s: %s",
                header.size(),
                cells.size(),
                cells);
            behind.row(cells);
          });
      behind.finish();
    }
  }

  /**
   * Writes the cells of a table as they are shown, or replaces the file.
   *
   * @param file where to
   * @param table the table, of which caption and footnotes are left out
   * @throws IOException if the file cannot be written; nothing has changed then
   */
  public static void write(Path file, ReportTable table) throws IOException {
    write(
        file,
        table.columns().stream().map(ReportTable.Column::name).toList(),
        out -> {
          for (List<String> row : table.rows()) {
            out.row(row);
          }
        });
  }
}
