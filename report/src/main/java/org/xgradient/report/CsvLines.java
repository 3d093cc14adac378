package org.xgradient.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/**
 * Writes rows as lines of comma-separated values in UTF-8. A number needs no quotation marks, so
 * that it is not looked for what would.
 */
final class CsvLines implements CsvFile.RowWriter, AutoCloseable {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

  /** Characters that are written at once. */
  private static final int BLOCK = 1 << 14;

  private final OutputStream out;
  private final Formulas formulas;
  private final StringBuilder lines = new StringBuilder(BLOCK + BLOCK / 4);

  /**
   * Begins.
   *
   * @param out where to; closed with this
   * @param formulas what is done with texts that a spreadsheet would compute
   */
  CsvLines(OutputStream out, Formulas formulas) {
    this.out = out;
    this.formulas = formulas;
  }

  @Override
  public void row(List<?> cells) throws IOException {
    boolean first = true;
    for (Object cell : formulas.applyTo(cells)) {
      if (cell instanceof Float || cell instanceof Double) {
        lines.append(first ? "" : ",").append(text((Number) cell));
      } else {
        FORMAT.print(cell, lines, first);
      }
      first = false;
    }
    FORMAT.println(lines);
    if (lines.length() >= BLOCK) {
      write();
    }
  }

  /** The shortest digits that give the same bits; those of Java 17 take longer to find. */
  private static String text(Number number) {
    return number instanceof Float
        ? NumberOutput.toString(number.floatValue(), true)
        : NumberOutput.toString(number.doubleValue(), true);
  }

  private void write() throws IOException {
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    lines.setLength(0);
  }

  @Override
  public void close() throws IOException {
    try (out) {
      write();
      out.flush();
    }
  }
}
