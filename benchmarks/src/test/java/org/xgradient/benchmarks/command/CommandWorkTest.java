package org.xgradient.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandWorkTest {

  @Test
  void areFoundByTheBeginningsOfTheirNames() {
    assertThat(CommandWork.matching(List.of("CLI.predict")))
        .extracting(CommandWork::name)
        .contains("CLI.predict.rows10", "CLI.predict.columns5000")
        .allMatch(name -> name.startsWith("CLI.predict."));
    assertThat(CommandWork.matching(List.of()))
        .isEqualTo(CommandWork.matching(List.of("CLI")))
        .hasSizeGreaterThan(5);
    assertThatThrownBy(() -> CommandWork.matching(List.of("CLI.pre")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no workload 'CLI.pre'; there are CLI.load, CLI.help");
  }

  @Test
  void aTableHasItsRowsAndALabelOfTwoClasses() throws Exception {
    try (CommandFiles files = new CommandFiles()) {
      List<String> lines = Files.readAllLines(files.table(50, 3));
      assertThat(lines).hasSize(51).first().isEqualTo("c0,c1,c2,label");
      assertThat(lines.subList(1, 51))
          .allMatch(line -> line.matches("(-?\\d+\\.\\d{1,4}(E-4)?,){3}(yes|no)"))
          .anyMatch(line -> line.endsWith("yes"))
          .anyMatch(line -> line.endsWith("no"));
    }
  }

  @Test
  void aProcessThatFailsIsReported() {
    assertThatThrownBy(() -> new CommandRunner().java("no.such.Class", List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended with 1")
        .hasMessageContaining("no.such.Class");
  }
}
