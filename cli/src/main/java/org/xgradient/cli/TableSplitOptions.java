package org.xgradient.cli;

import java.util.Optional;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.Task;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.TablePreparation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of what to predict from which table, and which of its rows are for what. */
final class TableSplitOptions {

  @Mixin private CsvOptions data;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "What to predict.")
  private String label;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "binary, multiclass or regression (default: found from the labels).")
  private Optional<Task> task = Optional.empty();

  @Option(
      names = "--drop-unlabelled",
      description = "Leave out rows without a label, which are an error otherwise.")
  private boolean dropUnlabelled;

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "Share of the rows that choose the best epoch (default: ${DEFAULT-VALUE}).")
  private double validationShare;

  @Option(
      names = "--test",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "Share of the rows that judge the model (default: ${DEFAULT-VALUE}).")
  private double testShare;

  @SuppressWarnings("NullAway.Init")
  TableSplitOptions() {}

  PreparedTable read(long seed) {
    TablePreparation preparation =
        TablePreparation.withDefaults()
            .withSplit(
                RandomSplit.withDefaults()
                    .withFractions(validationShare, testShare)
                    .withSeed(seed));
    if (task.isPresent()) {
      preparation = preparation.withTask(task.get());
    }
    if (dropUnlabelled) {
      preparation = preparation.withUnlabelledDropped();
    }
    return preparation.prepare(data.read(), label);
  }

  String fileName() {
    return String.valueOf(data.file().getFileName());
  }

  Provenance describe(Provenance provenance) {
    return provenance
        .with("data SHA-256", Checksums.sha256(data.file()))
        .with("label", label)
        .with("split", "validation %s, test %s".formatted(validationShare, testShare));
  }
}
