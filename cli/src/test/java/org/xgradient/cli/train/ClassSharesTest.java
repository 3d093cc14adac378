package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.DataRandom;

/** Few rows are of one class, and nothing says which. */
class ClassSharesTest {

  private static final String WARNING = "no better than the shares of the classes";

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    DataRandom random = new DataRandom(1);
    List<String> lines = new ArrayList<>(List.of("x,z,town,rare"));
    for (int row = 0; row < 200; row++) {
      lines.add(
          "%s,%s,%s,%s"
              .formatted(
                  random.nextGaussian(),
                  random.nextGaussian(),
                  row % 3 == 0 ? "a" : "b",
                  row % 20 == 0 ? "yes" : "no"));
    }
    table = Files.write(folder.resolve("table.csv"), lines);
  }

  /** What is said of a training. */
  private String train(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("train", "--data", table.toString(), "--label", "rare", "--no-report"));
    command.addAll(List.of("--out", folder.resolve("model").toString(), "--force"));
    command.addAll(List.of(more));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Outcome outcome = Commands.run(command, new ByteArrayOutputStream(), err);
    return outcome.error() + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aNetworkThatCanNotKnowThemIsToldOf() {
    assertThat(train("--drop", "town")).contains(WARNING).contains("train with --bias");
  }

  @Test
  void biasesKnowThem() {
    assertThat(train("--drop", "town", "--bias")).doesNotContain(WARNING);
  }

  @Test
  void theAdviceHoldsWithAPrior() {
    String[] prior = {"--drop", "town", "--prior", "gini", "--lambda", "0.1", "--epochs", "3"};
    assertThat(train(prior)).contains(WARNING).contains("train with --bias and --method ig, or");
    assertThat(
            train(
                Stream.concat(Stream.of(prior), Stream.of("--bias", "--method", "ig"))
                    .toArray(String[]::new)))
        .doesNotContain(WARNING)
        .doesNotContain("xgradient:");
  }

  @Test
  void aMaskOfAllColumnsIsRefusedBeforeTheTraining() {
    assertThat(train("--prior", "mask", "--mask", "x,z,town"))
        .contains("--mask names all columns (x, z, town), so that nothing is left to decide by");
  }

  @Test
  void whatIsHeldAgainstNothingIsToldOf() {
    assertThat(train("--prior", "mask", "--mask", "x", "--lambda", "1", "--validation", "0"))
        .contains("warning: what the mask costs is not judged");
  }
}
