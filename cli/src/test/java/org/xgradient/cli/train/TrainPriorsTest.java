package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.DataRandom;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.training.swap.SwapEffect;
import org.xgradient.training.table.TableModel;

/** What {@code train} says and keeps of a prior, on a table whose label favours a group. */
class TrainPriorsTest {

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    DataRandom random = new DataRandom(11);
    List<String> lines = new ArrayList<>(List.of("group,score,proxy,granted"));
    for (int i = 0; i < 500; i++) {
      int group = random.nextInt(2);
      double score = random.nextGaussian();
      double proxy = group + random.nextGaussian();
      boolean granted = score + 2 * group - 1 + 0.3 * random.nextGaussian() > 0;
      lines.add(
          "%s,%s,%s,%s".formatted(group == 0 ? "a" : "b", score, proxy, granted ? "yes" : "no"));
    }
    table = folder.resolve("table.csv");
    Files.write(table, lines);
  }

  private record Run(Outcome outcome, String output, String warnings) {}

  private Run train(Path model, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", table.toString()));
    arguments.addAll(List.of("--label", "granted", "--hidden", "32,16", "--out", model.toString()));
    arguments.addAll(List.of(more));
    var output = new ByteArrayOutputStream();
    var warnings = new ByteArrayOutputStream();
    Outcome outcome = run(arguments, output, warnings);
    return new Run(
        outcome,
        output.toString(StandardCharsets.UTF_8),
        warnings.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aMaskedColumnChangesHardlyADecisionAndTheFiguresAreTold() {
    Path model = folder.resolve("model");
    Run run = train(model, "--prior", "mask", "--mask", "group");
    assertThat(run.outcome().code()).isZero();
    assertThat(run.output())
        .contains(
            "The weight of the prior, on the validation rows",
            "without the columns",
            "What the prior did, on the test rows",
            "decisions changed by a swap, %",
            "What carries the masked columns",
            "the output of the model");
    Table rows = TableReader.withDefaults().read(table);
    try (TableModel loaded = TableModel.load(model)) {
      var mask = loaded.preprocessing().groups().mask("group");
      SwapEffect.of(loaded, loaded.dataset(rows, "granted"), mask).assertAtMost(0.02);
      assertThat(loaded.provenance().facts()).containsKey("lambda found");
    }
  }

  /** Without weight a third of the decisions change; a tiny weight changes nothing of that. */
  @Test
  void aBrokenPromiseIsSaidAndWithStrictPriorAnError() {
    Run told =
        train(folder.resolve("told"), "--prior", "mask", "--mask", "group", "--lambda", "1e-6");
    assertThat(told.outcome().code()).isZero();
    assertThat(told.warnings())
        .contains("warning: a swap of the masked columns changes")
        .contains("take a larger lambda, or leave the columns out");
    Path strict = folder.resolve("strict");
    Run refused =
        train(strict, "--prior", "mask", "--mask", "group", "--lambda", "1e-6", "--strict-prior");
    assertThat(refused.outcome().code()).isEqualTo(1);
    assertThat(refused.outcome().error())
        .startsWith("xgradient: the prior does not keep its promise: a swap of the masked columns");
    assertThat(refused.output())
        .as("what was found, before the error")
        .contains("What the prior did, on the test rows", "What carries the masked columns");
    assertThat(strict).doesNotExist();
    assertThat(refused.warnings()).contains("at most 3 trainings of at most ");
    assertThat(refused.outcome().error())
        .endsWith(
            "; the training is kept in %s.training: write its model all the same by this command with --resume and without --strict-prior, or delete it%n"
                .formatted(strict));
    Run resumed =
        train(strict, "--prior", "mask", "--mask", "group", "--lambda", "1e-6", "--resume");
    assertThat(resumed.outcome().code()).isZero();
    assertThat(strict).isDirectory();
    assertThat(Path.of(strict + ".training")).doesNotExist();
  }

  private Run weak(String name, String... more) {
    List<String> options = new ArrayList<>(List.of("--prior", "mask", "--mask", "group"));
    options.addAll(List.of("--strict-prior", "--epochs", "20"));
    options.addAll(List.of(more));
    return train(folder.resolve(name), options.toArray(String[]::new));
  }

  @Test
  void thePromiseIsJudgedByTheRowsThatAreThere() {
    Run noValidation = weak("test-only", "--validation", "0", "--lambda", "1e-6");
    assertThat(noValidation.output()).contains("What the prior did, on the test rows");
    assertThat(noValidation.outcome().error())
        .contains("does not keep its promise", "on the test rows");
    Run noTest = weak("validation-only", "--test", "0", "--lambda", "1e-6");
    assertThat(noTest.output())
        .contains("What the prior did, on the validation rows", "Without test rows, by those");
    assertThat(noTest.outcome().error())
        .contains("does not keep its promise", "on the validation rows");
    Run neither = weak("neither", "--test", "0", "--validation", "0", "--lambda", "1");
    assertThat(neither.outcome().error()).contains("found neither; give some with --test SHARE");
    Run noWeight = weak("no-weight", "--lambda", "0");
    assertThat(noWeight.outcome().error()).contains("does not keep its promise");
  }

  @Test
  void aSparsityPriorIsHeldAgainstNoneInPairs() {
    Run run =
        train(folder.resolve("sparse"), "--prior", "gini", "--lambda", "0.1", "--epochs", "9");
    assertThat(run.outcome().code()).isZero();
    assertThat(run.output())
        .containsPattern("lambda .*columns with 99 % of the attribution .*best epoch")
        .containsPattern(
            "ROC-AUC with the prior less without it, on the same rows: .*95 % interval");
    Run unjudged =
        train(
            folder.resolve("unjudged"),
            "--prior",
            "gini",
            "--lambda",
            "0.1",
            "--validation",
            "0",
            "--strict-prior");
    assertThat(unjudged.outcome().error()).contains("--validation SHARE");
  }

  @Test
  void aColumnOfOneValueShowsNothing() throws IOException {
    Files.write(
        table,
        Files.readAllLines(table).stream().map(line -> line.replaceFirst("^[ab],", "a,")).toList());
    Run run = weak("constant", "--lambda", "1");
    assertThat(run.outcome().code()).isEqualTo(1);
    assertThat(run.outcome().error()).contains("nothing could be swapped");
    assertThat(run.output()).contains("Nothing could be swapped");
  }

  /** What two columns give away only together, no straight line finds. */
  @Test
  void aProxyOfTwoColumnsIsFound() throws IOException {
    DataRandom random = new DataRandom(2);
    List<String> lines = new ArrayList<>(List.of("department,site,group,granted"));
    for (int i = 0; i < 500; i++) {
      int department = random.nextInt(2);
      int site = random.nextInt(2);
      int group = department ^ site;
      lines.add(
          "%s,%s,%s,%s"
              .formatted(
                  department == 0 ? "x" : "y",
                  site == 0 ? "n" : "s",
                  group == 0 ? "a" : "b",
                  (random.nextInt(10) == 0) == (group == 0) ? "yes" : "no"));
    }
    Files.write(table, lines);
    Run run =
        train(
            folder.resolve("proxy"),
            "--prior",
            "mask",
            "--mask",
            "group",
            "--lambda",
            "10",
            "--epochs",
            "20");
    assertThat(run.output())
        .containsPattern("group +all other columns, by a small network +(100|9\\d)");
  }
}
