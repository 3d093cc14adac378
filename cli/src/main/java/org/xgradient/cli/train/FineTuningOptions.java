package org.xgradient.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.cli.foreign.TableReading;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.training.model.ModelDirectory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a training that begins with a SavedModel of others. */
@HelpGroup("SavedModels of others")
final class FineTuningOptions {

  @Option(
      names = "--model",
      paramLabel = "SAVED_MODEL",
      description =
          "Go on training a SavedModel that others exported, on a table of its inputs; --out is a"
              + " SavedModel too.")
  private Optional<Path> model = Optional.empty();

  @Mixin private SavedModelOptions savedModel;
  @Mixin private TableReading columns;

  @SuppressWarnings("NullAway.Init")
  FineTuningOptions() {}

  /** {@return whether there is a model to begin with} */
  boolean isGiven() {
    return model.isPresent();
  }

  /**
   * {@return its directory}
   *
   * @throws IllegalArgumentException if it is a model of xgradient's
   */
  Path model() {
    Path directory = model.orElseThrow();
    if (ModelDirectory.exists(directory)) {
      throw new IllegalArgumentException(
          "--model is for SavedModels of others, but %s is a model of xgradient's; train such a one"
                  .formatted(directory)
              + " from its data, or give %s"
                  .formatted(directory.resolve(ModelDirectory.SAVED_MODEL)));
    }
    return directory;
  }

  SavedModelOptions savedModel() {
    return savedModel;
  }

  TableReading columns() {
    return columns;
  }
}
