package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.cli.option.MethodOption;
import picocli.CommandLine;

class BatchOptionsTest {

  @Test
  void aBatchHasTheRowsThatAreAskedFor() {
    assertThat(rows("1")).isEqualTo(1);
    assertThat(rows("1048576")).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "1048577", "2147483647"})
  void otherNumbersAreRefused(String rows) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rows(rows))
        .withMessage("--batch must be from 1 to 1048576, found " + rows);
  }

  private static int rows(String batch) {
    BatchOptions options = CommandLine.populateCommand(new BatchOptions(), "--batch=" + batch);
    return options.rows(MethodOption.XG, 3);
  }
}
