package org.xgradient.experiments.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataException;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.promises.PromisesExperiment.Configuration;
import org.xgradient.experiments.promises.PromisesExperiment.Promise;
import org.xgradient.experiments.promises.PromisesExperiment.Result;
import org.xgradient.experiments.promises.PromisesExperiment.Task;

class PromisesExperimentTest {

  private static final PromisesExperiment EXPERIMENT = new PromisesExperiment();

  private static Configuration quick(String tables, String... only) {
    return new Configuration(tables, List.of(only), List.of(), 2, List.of(16), 0);
  }

  /** The label follows the group, which the model must not: the swap would change it. */
  @Test
  void aMaskIsKeptOnAGeneratedTable() {
    Configuration configuration = quick("", "binary");
    Task mask =
        EXPERIMENT.tasks(configuration).stream()
            .filter(task -> task.promise() == Promise.MASK)
            .findFirst()
            .orElseThrow();
    try (var worker = EXPERIMENT.prepare(configuration).workers().get()) {
      Result result = worker.run(mask);
      assertThat(mask.column()).isEqualTo("group");
      assertThat(result.lambda()).isPositive();
      assertThat(result.changed()).isLessThan(0.06);
      assertThat(worker.run(mask)).as("the same again").isEqualTo(result);
    }
  }

  @Test
  void tablesComeFromAFolder(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("loans.csv"), "id,sex,income,granted\n1,f,3,yes\n2,m,4,no\n");
    Files.writeString(
        folder.resolve("loans.json"),
        "{\"label\": \"granted\", \"masked\": [\"sex\"], \"dropped\": [\"id\"]}");
    List<Task> tasks = EXPERIMENT.tasks(quick(folder.toString()));
    assertThat(tasks)
        .contains(
            new Task("loans", Promise.NONE, "", 0),
            new Task("loans", Promise.MASK, "sex", 1),
            new Task("loans", Promise.GINI, "", 1))
        .hasSize(6);
    assertThatThrownBy(() -> quick(folder.toString(), "other").load())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"other\"");
  }

  @Test
  void aFolderWithoutFactsIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> quick(folder.toString()).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a file NAME.json beside each NAME.csv");
  }

  @Test
  void sentencesFollowTheFigures() {
    assertThat(verdicts(Promise.MASK, result(0.8, 0.79, 0.01, 0.795)))
        .containsExactly(Verdict.AGREES, Verdict.AGREES, Verdict.AGREES);
    assertThat(verdicts(Promise.MASK, result(0.7, 0.79, 0.03, 0.6)))
        .containsExactly(Verdict.DIFFERS, Verdict.DIFFERS, Verdict.DIFFERS);
    assertThat(verdicts(Promise.NONE, result(0.8, 0.8, 0, 0.8))).containsExactly(Verdict.AGREES);
  }

  @Test
  void halfTheColumnsAreOnlyAskedForWhereTheConfigurationSaysSo() {
    Result threeOfFour = result(0.8, 0.8, 0, 0.8);
    assertThat(verdicts(Promise.GINI, threeOfFour)).containsExactly(Verdict.AGREES, Verdict.AGREES);
    assertThat(verdicts(Promise.GINI, true, threeOfFour))
        .containsExactly(Verdict.AGREES, Verdict.DIFFERS);
    var halved = new Configuration("", List.of(), List.of("other"), 2, List.of(16), 0);
    assertThatThrownBy(halved::load).hasMessageContaining("\"halved\" must name tables of");
  }

  /** A loss says little of a regression: that of the reference is 0.01, R2 the same. */
  @Test
  void aRegressionIsJudgedByItsMetric() {
    Result close = new Result(0, 0.8, 0.5, 0.82, 0.01, 0, 0.8, 0, 0, true);
    Result far = new Result(0, 0.8, 0.5, 0.84, 0.5, 0, 0.8, 0, 0, true);
    assertThat(verdicts(Promise.NONE, close)).containsExactly(Verdict.AGREES);
    assertThat(verdicts(Promise.NONE, far)).containsExactly(Verdict.DIFFERS);
  }

  @Test
  void aKeyThatIsNoneIsSaidWithItsFile(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("loans.csv"), "sex,granted\nf,yes\nm,no\n");
    Path facts = folder.resolve("loans.json");
    Files.writeString(facts, "{\"label\": \"granted\", \"maskd\": [\"sex\"]}");
    assertThatThrownBy(() -> quick(folder.toString()).load())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("%s has no key \"maskd\"; did you mean \"masked\"?", facts);
  }

  private static List<Verdict> verdicts(Promise promise, Result result) {
    return verdicts(promise, false, result);
  }

  private static List<Verdict> verdicts(Promise promise, boolean halved, Result result) {
    var task = new Task("t", promise, "sex", 0);
    return new PromiseSummary(task, halved, ImmutableList.of(result, result))
        .findings().stream().map(Finding::verdict).toList();
  }

  private static Result result(double metric, double other, double changed, double after) {
    return new Result(1, metric, 0.5, other, 0.5, changed, after, 3, 4, false);
  }
}
