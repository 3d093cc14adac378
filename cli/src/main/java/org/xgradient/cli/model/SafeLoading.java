package org.xgradient.cli.model;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xgradient.cli.foreign.SavedModelOptions;
import org.xgradient.data.DataException;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.runtime.TensorFlowRuntime;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.report.progress.Interruption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Option of commands that take a SavedModel from anywhere. */
final class SafeLoading {

  @Option(
      names = "--probe",
      description =
          "Load and run the model in a process of its own first, for models that you don't trust:"
              + " TensorFlow may end the process on a graph that was tampered with. It begins in an"
              + " empty directory without environment variables; where bwrap or unshare work, files"
              + " are read-only to it and there is no network. What held is printed.")
  private boolean probe;

  @Mixin private SavedModelOptions savedModel;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private static final long MOST_SECONDS = 120;

  @SuppressWarnings("NullAway.Init")
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
    return ModelPaths.load(directory, savedModel);
  }

  private void probe(Path directory) throws IOException {
    NativeTensorFlow.require();
    try (ProbePlace place = ProbePlace.create(Path.of(TensorFlowRuntime.nativeFolder()))) {
      Isolation isolation = Isolation.strongest(place);
      run(directory, place, isolation);
      System.out.println("note: " + ProbeFacts.sentence(place.output(), isolation));
    } catch (InterruptedException e) {
      throw Interruption.of("interrupted", e);
    }
  }

  private void run(Path directory, ProbePlace place, Isolation isolation)
      throws IOException, InterruptedException {
    Process process = place.start(command(directory, place, isolation));
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new DataException(
            "%s can't be used: it was not loaded within %d s in a process of its own"
                .formatted(directory, MOST_SECONDS));
      }
      if (process.exitValue() != 0) {
        throw new DataException(reason(directory, place, process.exitValue()));
      }
    } finally {
      process.destroyForcibly();
    }
  }

  /** Our own line, if the process came to write one; TensorFlow may have written before. */
  private static String reason(Path directory, ProbePlace place, int code) throws IOException {
    return place.errors().stream()
        .filter(line -> line.startsWith(Errors.PREFIX))
        .map(line -> line.substring(Errors.PREFIX.length()))
        .findFirst()
        .orElse(
            "%s can't be used: it ended a process of its own with code %d; don't load it"
                .formatted(directory, code));
  }

  private List<String> command(Path directory, ProbePlace place, Isolation isolation) {
    Path nativeFolder =
        isolation == Isolation.NONE ? place.nativeFolder() : place.linkedNativeFolder();
    return ImmutableList.<String>builder()
        .addAll(isolation.around(place))
        .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .add("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-XX:-UsePerfData")
        .addAll(NativeTensorFlow.optionsFrom(nativeFolder))
        // JavaCPP compares times in the zone of the process, and would unpack anew in another one.
        .add("-Duser.timezone=" + TimeZone.getDefault().getID())
        .add("-Djava.io.tmpdir=" + place.work())
        .add("-cp", absoluteClassPath())
        .add(requireNonNull(command).root().userObject().getClass().getName())
        .add("probe", "--model", directory.toAbsolutePath().toString())
        .addAll(savedModel.arguments())
        .build();
  }

  /** The process begins in another directory. */
  private static String absoluteClassPath() {
    return Splitter.on(File.pathSeparator)
        .splitToStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
