package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands.Outcome;

class ExperimentCommandTest {

  @TempDir private Path folder;

  @Test
  void writesPageTableAndConfiguration() throws IOException {
    Path out = folder.resolve("axioms");
    Object[] command = {
      "experiment", "axioms", "--quick", "--set", "networks=2", "--set", "seeds=[3]", "--out", out
    };
    assertThat(run(command)).isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("What agrees with the paper", "EG(1): all 7 axioms", "&quot;networks&quot; : 2");
    assertThat(Files.readAllLines(out.resolve("summary.csv"))).hasSize(7);
    assertThat(Files.readString(out.resolve("summary.json"))).contains("\"AGREES\"");

    assertThat(run(command).error()).contains("there are results in", "--resume");
    assertThat(run("experiment", "axioms", "--resume", "--set", "networks=3", "--out", out).error())
        .contains("are of another run: configuration must be");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Outcome unknown = run("experiment", "axiom", "--out", folder);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.error())
        .startsWith(
            "xgradient: there is no experiment \"axiom\"; did you mean \"axioms\"? There are"
                + " axioms, sparsity");
    assertThat(run("experiment", "axioms", "--set", "netwroks=3", "--out", folder).error())
        .isEqualTo(
            "xgradient: the configuration of --set has no key \"netwroks\"; did you mean \"networks\"? The keys"
                + " are networks, seeds\n");
    assertThat(run("experiment", "axioms").error())
        .startsWith("xgradient: give the directory to write to: --out DIR");
    assertThat(run("experiment", "axioms", "--print-config").code()).isZero();
  }
}
