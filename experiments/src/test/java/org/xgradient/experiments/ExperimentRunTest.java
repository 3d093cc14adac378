package org.xgradient.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.experiments.SquaresExperiment.Configuration;
import org.xgradient.experiments.SquaresExperiment.Result;
import org.xgradient.experiments.SquaresExperiment.Task;

class ExperimentRunTest {

  @TempDir private Path folder;

  @Test
  void aLogThatWasCutAtAnyByteGivesTheSameResults() throws IOException {
    var whole = run("whole", new SquaresExperiment("a"), 1, false);
    byte[] log = Files.readAllBytes(log("whole"));
    String text = Files.readString(log("whole"));
    for (int length = 0; length <= log.length; length++) {
      String directory = "cut" + length;
      Files.createDirectories(folder.resolve(directory));
      Files.write(log(directory), Arrays.copyOf(log, length));
      var experiment = new SquaresExperiment("a");
      assertThat(run(directory, experiment, 2, true)).isEqualTo(whole);
      // The first line is not a result.
      long kept = Math.max(0, text.substring(0, length).chars().filter(c -> c == '\n').count() - 1);
      assertThat(experiment.done.get()).isEqualTo(7 - (int) kept);
      assertThat(Files.readAllLines(log(directory)))
          .containsExactlyInAnyOrderElementsOf(Files.readAllLines(log("whole")));
    }
  }

  @Test
  void resultsAreInTheOrderOfThePiecesWhateverTheWorkers() throws IOException {
    var one = run("one", new SquaresExperiment("a"), 1, false);
    var three = run("three", new SquaresExperiment("a"), 3, false);
    assertThat(three.results().keySet()).containsExactlyElementsOf(one.results().keySet());
    assertThat(three).isEqualTo(one);
    assertThat(three.values(task -> task.repetition() > 4, Result::square))
        .containsExactly(0.25, 0.6000000000000001 * 0.6000000000000001);
  }

  @Test
  void writesTheEffectiveConfiguration() throws IOException {
    run("out", new SquaresExperiment("a"), 1, false);
    String written = Files.readString(folder.resolve("out/configuration.json"));
    assertThat(
            Configurations.read(
                new SquaresExperiment("a"),
                true,
                List.of(ConfigurationSource.of("a copy", written))))
        .isEqualTo(configuration());
  }

  @Test
  void refusesToOverwriteOrToMix() throws IOException {
    run("out", new SquaresExperiment("a"), 1, false);
    assertThatThrownBy(() -> run("out", new SquaresExperiment("a"), 1, false))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "there are results in %s already; go on with --resume, or give another directory"
                .formatted(folder.resolve("out")));
    assertThatThrownBy(() -> run("out", new SquaresExperiment("b"), 1, true))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("are of another run: data must be b, found a; go on with the same");
    var other = new Configuration(8, 0.1, configuration().methods());
    var run = new ExperimentRun<>(new SquaresExperiment("a"), other, folder.resolve("out"), 1);
    assertThatThrownBy(() -> run.run(true, SilentListener.INSTANCE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("are of another run: configuration must be");
  }

  @Test
  void refusesDamageBeforeTheLastLine() throws IOException {
    run("out", new SquaresExperiment("a"), 1, false);
    List<String> lines = Files.readAllLines(log("out"));
    lines.set(2, lines.get(2).substring(0, 20));
    Files.write(log("out"), lines);
    assertThatThrownBy(() -> run("out", new SquaresExperiment("a"), 1, true))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("line 3 of " + log("out") + " is damaged");
  }

  private ExperimentResults<Configuration, Task, Result> run(
      String directory, SquaresExperiment experiment, int workers, boolean resume)
      throws IOException {
    return new ExperimentRun<>(experiment, configuration(), folder.resolve(directory), workers)
        .run(resume, SilentListener.INSTANCE);
  }

  private static Configuration configuration() {
    return Configurations.read(new SquaresExperiment("a"), false, List.of());
  }

  private Path log(String directory) {
    return folder.resolve(directory).resolve(ExperimentRun.LOG);
  }
}
