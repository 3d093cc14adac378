package org.xgradient.cli.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.progress.Interruption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Option of commands that take a SavedModel from anywhere. */
final class SafeLoading {

  @Option(
      names = "--probe",
      description =
          "Load and run the model in a process of its own first, for models that you don't trust:"
              + " TensorFlow may end the process on a graph that was tampered with.")
  private boolean probe;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private static final long MOST_SECONDS = 120;

  SafeLoading() {}

  /**
   * Loads the SavedModel of a model directory, or of the directory itself.
   *
   * @throws DataException if it can't be used, or the other process did not survive it
   * @throws CancellationException if the thread was interrupted
   */
  LoadedModel load(Path directory) throws IOException {
    if (probe) {
      probe(directory);
    }
    return ModelPaths.load(directory);
  }

  private void probe(Path directory) throws IOException {
    Process process = start(directory);
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new DataException(
            "%s can't be used: it was not loaded within %d s in a process of its own"
                .formatted(directory, MOST_SECONDS));
      }
      if (process.exitValue() != 0) {
        throw new DataException(reason(directory, process));
      }
    } catch (InterruptedException e) {
      throw Interruption.of("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Our own line, if the process came to write one; TensorFlow may have written before. */
  private static String reason(Path directory, Process process) throws IOException {
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines()
        .filter(line -> line.startsWith(Errors.PREFIX))
        .map(line -> line.substring(Errors.PREFIX.length()))
        .findFirst()
        .orElse(
            "%s can't be used: it ended a process of its own with code %d; don't load it"
                .formatted(directory, process.exitValue()));
  }

  private Process start(Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-cp",
                System.getProperty("java.class.path"),
                requireNonNull(command).root().userObject().getClass().getName(),
                "probe",
                "--model",
                directory.toString()));
    // Nothing but our own line comes then, and never fills the pipe.
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}
