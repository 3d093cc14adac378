package org.xgradient.data.table.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSetTest {

  private static final Set<String> TEXTS = Set.of("", "-", "NA", "N/A", "-999", "?", "無", "無し");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "NA", "N/A", "-999", "?", "無", "無し", "-1", "-9999", "N", "NAN", "0", "??", "無い",
        "é"
      })
  void hasWhatItsSetHas(String text) {
    assertThat(new TokenSet(TEXTS).contains(text)).isEqualTo(TEXTS.contains(text));
  }
}
