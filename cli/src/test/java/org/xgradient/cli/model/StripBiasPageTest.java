package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;

/** The page that {@code strip-bias} writes beside the model of a table. */
class StripBiasPageTest {

  @TempDir private Path folder;

  @Test
  void saysWhatChangedOnRowsOfTheUser() throws IOException {
    Path table = Commands.writeTable(folder);
    Path model = folder.resolve("model");
    assertThat(
            Commands.run(
                    "train",
                    "--data",
                    table,
                    "--label",
                    "score",
                    "--drop",
                    "sick,grade",
                    "--out",
                    model,
                    "--hidden",
                    "8",
                    "--epochs",
                    "3",
                    "--bias",
                    "--no-report")
                .error())
        .isEmpty();
    Path stripped = folder.resolve("stripped");

    assertThat(
            Commands.run("strip-bias", "--model", model, "--data", table, "--out", stripped)
                .error())
        .isEmpty();

    assertThat(Files.readString(folder.resolve("stripped.html")))
        .contains("Measured on 300 rows of table.csv.", "What was removed", "before", "after")
        .contains("<dt><bdi>biases removed</bdi></dt><dd><bdi>2</bdi></dd>")
        .doesNotContain("of the decisions stay");

    Path alone = folder.resolve("alone");
    Commands.run("strip-bias", "--model", model, "--out", alone, "--no-report");
    assertThat(alone).isDirectory();
    assertThat(folder.resolve("alone.html")).doesNotExist();
  }
}
