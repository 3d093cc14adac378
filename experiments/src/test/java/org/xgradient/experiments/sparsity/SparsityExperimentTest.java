package org.xgradient.experiments.sparsity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.ExperimentRun;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.Published;
import org.xgradient.experiments.SilentListener;
import org.xgradient.experiments.sparsity.SparsityExperiment.Result;
import org.xgradient.experiments.sparsity.SparsityExperiment.Task;

class SparsityExperimentTest {

  private static final List<String> SMALL =
      List.of(
          "data={\"kind\": \"synthetic\", \"rows\": 500, \"seed\": 3}",
          "hidden=[12, 6]",
          "epochs=6",
          "repetitions=2",
          "lambdas=[0.5, 1]");

  private final SparsityExperiment experiment = SparsityExperiment.ofMethods();

  @TempDir private Path folder;

  @Test
  void aRunThatWasKilledEndsWithTheSameBitsWhateverTheWorkers() throws IOException {
    var whole = run("whole", 1, false, SMALL);
    byte[] log = Files.readAllBytes(folder.resolve("whole/results.jsonl"));
    Files.createDirectories(folder.resolve("cut"));
    Files.write(folder.resolve("cut/results.jsonl"), Arrays.copyOf(log, log.length * 2 / 5));
    assertThat(run("cut", 2, true, SMALL)).isEqualTo(whole);
    // 4 methods with a prior and 2 weights, 2 without
    assertThat(whole.results()).hasSize(2 * (4 * 2 + 2));
  }

  @Test
  void moreRepetitionsAddToThoseThatAreDone() throws IOException {
    var two = run("out", 2, false, SMALL);
    var three = run("out", 2, true, with("repetitions=3"));
    assertThat(three.results()).containsAllEntriesOf(two.results()).hasSize(3 * 10);
    assertThatThrownBy(() -> run("out", 2, true, with("epochs=7")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("are of another run: configuration must be");
  }

  @Test
  void theWeightIsThatOfTheHighestValidationAuc() {
    var configuration = configuration(SMALL);
    var summary =
        StudySummary.of(
            results(
                configuration,
                task -> task.lambda() == 0.5 ? 0.9 : 0.8,
                task -> task.lambda() == 0.5 ? 0.6 : 0.7));
    StudySummary.Method xGradient = summary.method("XG").orElseThrow();
    assertThat(xGradient.lambda()).isEqualTo(0.5);
    assertThat(xGradient.chosen().testAuc().toArray()).containsExactly(0.6, 0.601);
    assertThat(summary.method("none").orElseThrow().lambda()).isZero();
  }

  @Test
  void theSentencesTurnWithContraryNumbers() {
    var configuration = configuration(SMALL);
    assertThat(verdicts(configuration, task -> task.method().equals("XG") ? 0.8 : 0.7))
        .startsWith(Verdict.AGREES, Verdict.AGREES, Verdict.AGREES, Verdict.AGREES, Verdict.AGREES);
    assertThat(verdicts(configuration, task -> task.method().equals("XG") ? 0.6 : 0.7))
        .startsWith(
            Verdict.DIFFERS, Verdict.DIFFERS, Verdict.DIFFERS, Verdict.DIFFERS, Verdict.DIFFERS);
    assertThat(verdicts(configuration, task -> task.method().equals("none") ? 0.9 : 0.7))
        .containsExactly(
            Verdict.UNDECIDED,
            Verdict.UNDECIDED,
            Verdict.UNDECIDED,
            Verdict.DIFFERS,
            Verdict.UNDECIDED,
            Verdict.DIFFERS);
  }

  @Test
  void readsTheAuthorsResults() throws IOException {
    Path file = folder.resolve("authors.csv");
    Files.writeString(
        file,
        """
        method,rep,val_auc,test_auc
        unreg,0,0.6,0.7
        unreg,1,0.6,0.8
        ginieg16_lambda1,0,0.6,0.75
        ginieg16_lambda1,1,0.6,0.75
        """);
    List<Published> read = AuthorsResults.read(file);
    assertThat(read).extracting(Published::name).containsExactly("none", "EG(16)");
    assertThat(read.get(0).value()).isEqualTo(0.75);
    // Sums of a few doubles.
    assertThat(read.get(0).standardError().orElseThrow()).isCloseTo(0.05, offset(1e-15));
    assertThat(read.get(1).source()).isEqualTo("the authors' files, 2 repetitions");
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(
            () ->
                configuration(
                    with(
                        "methods=[{\"name\": \"a\", \"attribution\": \"xg\", \"points\": 1,"
                            + " \"prior\": \"gini\", \"biases\": true}]")))
        .hasMessageContaining(
            "method \"a\" must have \"biases\": false, because X-Gradient needs a network without");
    assertThatThrownBy(() -> configuration(with("repetitions=1")))
        .hasMessageContaining("\"repetitions\" must be at least 2");
    assertThatThrownBy(() -> experiment.prepare(configuration(with("trainRows=1000"))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "there must be more than 1100 rows, so that some are left to test on, found 490");
    assertThatThrownBy(() -> configuration(with("data={\"kind\": \"synthtic\", \"rows\": 9}")))
        .hasMessageContaining("synthtic");
  }

  private List<Verdict> verdicts(StudyConfiguration configuration, ToDoubleFunction<Task> testAuc) {
    return experiment.findings(results(configuration, task -> 0.7, testAuc)).stream()
        .map(Finding::verdict)
        .toList();
  }

  /** Made-up results; they vary a little with the repetition, in each method by something else. */
  private ExperimentResults<StudyConfiguration, Task, Result> results(
      StudyConfiguration configuration,
      ToDoubleFunction<Task> validationAuc,
      ToDoubleFunction<Task> testAuc) {
    ImmutableMap.Builder<Task, Result> results = ImmutableMap.builder();
    for (Task task : experiment.tasks(configuration)) {
      double noise = task.repetition() * 1e-3 * (task.method().length() % 4 - 1);
      results.put(
          task,
          new Result(
              validationAuc.applyAsDouble(task), testAuc.applyAsDouble(task) + noise, 0, 0.5));
    }
    return new ExperimentResults<>(
        configuration, results.buildOrThrow(), Provenance.ofThisProcess());
  }

  private ExperimentResults<StudyConfiguration, Task, Result> run(
      String directory, int workers, boolean resume, List<String> settings) throws IOException {
    return new ExperimentRun<>(
            experiment, configuration(settings), folder.resolve(directory), workers)
        .run(resume, SilentListener.INSTANCE);
  }

  private StudyConfiguration configuration(List<String> settings) {
    return Configurations.read(
        experiment, false, List.of(ConfigurationSource.ofSettings(settings)));
  }

  private static List<String> with(String setting) {
    return Stream.concat(SMALL.stream(), Stream.of(setting)).toList();
  }
}
