package org.xgradient.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.experiments.SquaresExperiment.Configuration;
import org.xgradient.experiments.SquaresExperiment.Method;
import org.xgradient.experiments.SquaresExperiment.Shape;

class ConfigurationsTest {

  @Test
  void laterSourcesWin() {
    assertThat(read(false, "{}"))
        .isEqualTo(new Configuration(7, 0.1, List.of(new Method("one", Shape.FLAT))));
    assertThat(read(true, "{}").count()).isEqualTo(2);
    assertThat(read(true, "{\"count\": 5}", "// why\n{\"count\": 4, \"scale\": 3}"))
        .isEqualTo(new Configuration(4, 3, List.of(new Method("one", Shape.FLAT))));
  }

  @Test
  void settingsAreJsonOrTexts() {
    var settings =
        ConfigurationSource.ofSettings(
            List.of("scale=1e-3", "methods=[{\"name\": \"a=b\", \"shape\": \"round\"}]"));
    assertThat(Configurations.read(new SquaresExperiment(""), false, List.of(settings)))
        .isEqualTo(new Configuration(7, 1e-3, List.of(new Method("a=b", Shape.ROUND))));
    assertThatThrownBy(() -> ConfigurationSource.ofSettings(List.of("scale")))
        .isInstanceOf(DataException.class)
        .hasMessage("a setting must be KEY=VALUE, found \"scale\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"cuont\": 3}|change 1 has no key \"cuont\"; did you mean \"count\"? The keys are count,"
            + " scale, methods",
        "{\"methods\": [{\"name\": \"a\", \"shap\": \"flat\"}]}|\"methods[0]\" has no key \"shap\";"
            + " did you mean \"shape\"? The keys are name, shape",
        "{\"methods\": [{\"name\": \"a\", \"shape\": \"flatt\"}]}|\"methods[0].shape\" must be one of"
            + " flat, round, found \"flatt\"; did you mean \"flat\"?",
        "{\"methods\": [{\"name\": \"a\"}]}|the configuration cannot be used: \"methods[0].shape\":"
            + " Missing creator property 'shape' (index 1)",
        "{\"count\": 0}|the configuration cannot be used: \"count\" must be at least 1, found 0",
        "{\"count\": 1.5}|\"count\" must be of type int, found 1.5",
        "{\"count\": \"many\"}|the configuration cannot be used: \"count\":",
        "{\"count\": null}|the configuration cannot be used: \"count\":",
        "[1]|change 1 must be a JSON object, {\"key\": value, ...}",
        "{\"count\": 1, \"count\": 2}|change 1 must be a JSON object, found an error in line 1:"
            + " Duplicate field 'count'",
        "{\"count\" 1}|change 1 must be a JSON object, found an error in line 1:",
      })
  void namesWhatIsWrong(String change, String message) {
    assertThatThrownBy(() -> read(false, change))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(message);
  }

  private static Configuration read(boolean quick, String... changes) {
    int[] number = {0};
    return Configurations.read(
        new SquaresExperiment(""),
        quick,
        Stream.of(changes)
            .map(json -> ConfigurationSource.of("change " + ++number[0], json))
            .toList());
  }
}
