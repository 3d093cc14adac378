package org.xgradient.cli.option;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;

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
      // Not System.out, which keeps what is no text away from terminals.
      CsvFile.write(new FileOutputStream(FileDescriptor.out), formulas, header, rows);
    } else {
      CsvFile.write(out, formulas, header, rows);
    }
  }
}
