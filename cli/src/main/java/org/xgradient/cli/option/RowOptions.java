package org.xgradient.cli.option;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.UnfamiliarCells;
import org.xgradient.data.table.reading.AbsentColumnsException;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableChunks;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.data.text.TextReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of how the rows are read that a model is given. */
@HelpGroup("Table")
public final class RowOptions {

  @Mixin private DialectOptions dialect;

  @Option(
      names = "--decimal",
      paramLabel = "SIGN",
      description = "What a fraction begins with, . or , (default: as in training).")
  private Optional<Character> decimal = Optional.empty();

  @Option(
      names = "--tolerate",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the cells of a column that may be unfamiliar to the model: levels it has not"
              + " seen, texts for numbers, or, with 1, a column that is not there (default:"
              + " ${DEFAULT-VALUE}). They are counted and said in any case.")
  private double tolerated;

  @SuppressWarnings("NullAway.Init")
  RowOptions() {}

  /**
   * Opens rows, in which what is unfamiliar is counted.
   *
   * @param data the file
   * @param ofTraining how columns were read in training
   * @param kept columns that are kept as they stand in the file
   * @param rowsPerChunk how many rows are taken at a time
   * @throws DataException if they can't be read, or a column is not there and that is not tolerated
   */
  public TableChunks open(
      Path data, TableSchema ofTraining, Collection<String> kept, int rowsPerChunk) {
    checkArgument(
        tolerated >= 0 && tolerated <= 1, "--tolerate must be in [0, 1], found %s", tolerated);
    TableReader reader = dialect.reader().withOddCellsMissing().withKept(kept);
    if (tolerated == 1) {
      reader = reader.withAbsentColumnsMissing();
    }
    TableSchema schema = decimal.map(ofTraining::withDecimal).orElse(ofTraining);
    try {
      return reader.open(data, schema, rowsPerChunk);
    } catch (AbsentColumnsException e) {
      throw new DataException(
          e.getMessage()
              + "; add what the model was trained on, or go on without (--tolerate 1 counts the cells as missing)",
          e);
    }
  }

  /** {@return a reader of such rows, whatever they are for} */
  public TableReader plainReader() {
    return dialect.reader();
  }

  /** {@return what a fraction begins with, if the user says so} */
  public Optional<Character> decimal() {
    return decimal;
  }

  /** {@return a reader of texts that are written so} */
  public TextReader texts() {
    return dialect.texts();
  }

  /**
   * Says what was unfamiliar on the standard error stream.
   *
   * @throws DataException if it is more than is tolerated
   */
  public void judge(List<UnfamiliarCells> findings) {
    RowReview.requireFamiliar(findings, tolerated);
    warn("", findings);
  }

  /**
   * Says what was unfamiliar in rows that others are compared with.
   *
   * @param option the option that names them
   * @throws DataException if it is more than is tolerated
   */
  public void judge(String option, List<UnfamiliarCells> findings) {
    try {
      RowReview.requireFamiliar(findings, tolerated);
    } catch (DataException e) {
      throw new DataException("%s: %s".formatted(option, e.getMessage()), e);
    }
    warn(option + ": ", findings);
  }

  private static void warn(String of, List<UnfamiliarCells> findings) {
    findings.forEach(found -> System.err.println("warning: " + of + found.message()));
  }
}
