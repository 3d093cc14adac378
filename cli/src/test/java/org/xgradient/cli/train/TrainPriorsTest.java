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
    assertThat(strict).doesNotExist();
  }
}
