package org.xgradient.cli.option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.cli.terminal.StandardOutput;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.text.SafeText;

/** Writes rows to a file, or to the standard output. */
public final class RowsOutput {

  private RowsOutput() {}

  /**
   * Writes rows.
   *
   * @param out the file, or - or /dev/stdout for the standard output
   * @throws IOException if it can't be written
   */
  public static void write(Path out, Formulas formulas, List<String> header, CsvFile.Rows rows)
      throws IOException {
    if (DialectOptions.isStandardOutput(out)) {
      write(StandardOutput.data(), StandardOutput.isTerminal(), formulas, header, rows);
    } else {
      CsvFile.write(out, formulas, header, rows);
    }
  }

  /** Writes rows as they are, or to be looked at on a terminal. */
  static void write(
      OutputStream out, boolean terminal, Formulas formulas, List<String> header, CsvFile.Rows rows)
      throws IOException {
    if (terminal) {
      CsvFile.write(
          out,
          formulas,
          header.stream().map(SafeText::of).toList(),
          each -> rows.writeTo(cells -> each.row(shown(cells))));
    } else {
      CsvFile.write(out, formulas, header, rows);
    }
  }

  /** With nothing in the texts that a terminal obeys. */
  private static List<Object> shown(List<?> cells) {
    return cells.stream().map(RowsOutput::shown).toList();
  }

  private static Object shown(Object cell) {
    return cell instanceof String text ? SafeText.of(text) : cell;
  }
}
