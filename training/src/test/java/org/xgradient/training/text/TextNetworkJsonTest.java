package org.xgradient.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.text.TextClasses;

class TextNetworkJsonTest {

  private static final TextClasses CLASSES = new TextClasses(ImmutableList.of("ham", "spam"));

  private static String written() {
    return TextNetworkJson.write(TextNetwork.withDefaults(), CLASSES);
  }

  @Test
  void comesBack() {
    TextNetworkJson read = TextNetworkJson.read(written(), "f");
    assertThat(read.network()).isEqualTo(TextNetwork.withDefaults());
    assertThat(read.textClasses()).isEqualTo(CLASSES);
  }

  /** A small file must not ask for all memory. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"dimension\" : 100; \"dimension\" : 70000; the length of an embedding must be in [1, 65536]",
        "\"filters\" : 64; \"filters\" : 2147483647; filters must be in [1, 65536], found 2147483647",
        "[ 2, 3, 4 ]; [ 2, 2147483647 ]; each width must be in [1, 65536], found 2147483647",
        "[ 2, 3, 4 ]; [ 2, 0 ]; each width must be in [1, 65536], found 0",
      })
  void numbersAreBounded(String from, String to, String message) {
    assertThat(written()).contains(from);
    assertThatThrownBy(() -> TextNetworkJson.read(written().replace(from, to), "f"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("f is damaged: ")
        .hasMessageContaining(message);
  }

  @Test
  void theNumberOfWidthsIsBounded() {
    String many = "[" + Joiner.on(',').join(Collections.nCopies(65, 2)) + "]";
    assertThatThrownBy(() -> TextNetworkJson.read(written().replace("[ 2, 3, 4 ]", many), "f"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at most 64 widths, found 65");
  }
}
