package org.xgradient.data.table.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "age | age",
        "größe_2 | größe_2",
        "Miles per gallon | 'Miles per gallon'",
        "person, number | '\"person, number\"'",
        "5\" pipe | '\"5\"\" pipe\"'",
        "driver's age | 'driver'\\''s age'",
        "$HOME | '$HOME'",
      })
  void aNameInAdviceIsWrittenAsAShellTakesIt(String name, String option) {
    assertThat(Names.option(name)).isEqualTo(option);
  }
}
