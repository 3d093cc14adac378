package org.xgradient.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProvenanceTest {

  @Test
  void keepsFactsInOrderThroughJson() {
    Provenance provenance =
        Provenance.ofThisProcess().with("seed", 7).with("data", "a.csv").with("seed", 8);
    assertThat(provenance.facts().keySet())
        .containsExactly("xgradient", "Java", "system", "seed", "data");
    assertThat(provenance.facts()).containsEntry("seed", "8");
    assertThat(Provenance.fromJson(provenance.toJson())).isEqualTo(provenance);
  }

  @Test
  void knowsTheVersion() {
    assertThat(Provenance.version()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void refusesWhatIsNotAnObjectOfStrings() {
    for (String json : new String[] {"", "[1]", "{\"a\":", "{\"a\":null}", "{\"a\":{}}"}) {
      assertThatThrownBy(() -> Provenance.fromJson(json))
          .as(json)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("a provenance must be a JSON object of strings");
    }
  }
}
