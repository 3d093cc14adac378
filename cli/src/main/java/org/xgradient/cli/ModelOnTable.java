package org.xgradient.cli;

import java.nio.file.Path;
import org.xgradient.data.table.TableChunks;
import org.xgradient.data.table.TableReader;
import org.xgradient.training.table.TableModel;
import picocli.CommandLine.Option;

/** Options of commands that run a model over a table, which may be larger than memory. */
final class ModelOnTable {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE.csv",
      description = "Table with the columns that the model was trained on; others are ignored.")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.csv",
      description = "Where to write a row for each row.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  ModelOnTable() {}

  TableModel load() {
    return TableModel.load(model);
  }

  TableChunks open(TableModel loaded, int rowsPerChunk) {
    return TableReader.withDefaults().open(data, loaded.preprocessing().schema(), rowsPerChunk);
  }

  Path out() {
    return out;
  }
}
