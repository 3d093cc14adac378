package org.xgradient.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.report.Formulas;

class RowsOutputTest {

  /** Clears the screen, and turns around what follows. */
  private static final String OBEYED = "c\u001b[2Ja\u202eb";

  @Test
  void aTerminalIsGivenNothingToObey() throws IOException {
    assertThat(written(true)).doesNotContain("\u001b", "\u202e").contains("1.5", "a", "b");
  }

  @Test
  void programsAreGivenWhatWasInTheData() throws IOException {
    assertThat(written(false)).isEqualTo("x,%s\n1.5,%s\n".formatted(OBEYED, OBEYED));
  }

  private static String written(boolean terminal) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RowsOutput.write(
        out,
        terminal,
        Formulas.KEPT,
        List.of("x", OBEYED),
        rows -> rows.row(List.of(1.5f, OBEYED)));
    return out.toString(StandardCharsets.UTF_8);
  }
}
