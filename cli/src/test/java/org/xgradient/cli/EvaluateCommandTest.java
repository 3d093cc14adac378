package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.xgradient.cli.Commands.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;

/** {@code evaluate} on models of a small table. */
class EvaluateCommandTest {

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
  }

  @Test
  void judgesMethodsOfAnExactModel() throws IOException {
    Path model = train("sick", "grade,score");
    Path out = folder.resolve("evaluation");
    assertThat(
            run(
                "evaluate",
                "--model",
                model,
                "--data",
                table,
                "--methods",
                "auto,xg,ig,eg,grad,random",
                "--draws",
                50,
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));

    Map<String, Double> scores = scores(out);
    // 13 metrics of 6 methods.
    assertThat(scores).hasSize(78);
    for (String metric : List.of("KPM", "KNM", "KAM", "RPM", "RNM", "RAM", "deletion")) {
      assertThat(scores.get("auto " + metric)).isEqualTo(scores.get("xg " + metric));
      // Rounding may swap features of a row that count almost alike.
      assertThat(scores.get("xg " + metric)).isCloseTo(scores.get("ig " + metric), within(0.01));
    }
    assertThat(scores.get("xg KPM")).isGreaterThan(scores.get("random KPM"));
    assertThat(scores.get("xg KNM")).isLessThan(scores.get("random KNM"));
    assertThat(scores.get("xg KAM")).isGreaterThan(scores.get("random KAM"));
    assertThat(scores.get("xg completeness gap")).isLessThan(1e-4);
    assertThat(scores.get("grad completeness gap")).isNaN();
    assertThat(scores.get("xg infidelity")).isLessThan(scores.get("grad infidelity"));
    assertThat(scores.get("eg infidelity")).isNaN();
    assertThat(scores.get("auto rank agreement")).isEqualTo(1);
    assertThat(scores.get("random rank agreement")).isCloseTo(0, within(0.2));

    JsonNode results = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    assertThat(results.get("rows").asInt()).isEqualTo(300);
    assertThat(results.get("model").get("accuracy").asDouble()).isEqualTo(accuracy(model));
    assertThat(results.get("scores")).hasSize(78);
    // Nothing stays of five features at 0.01, and a network without biases says 0 then.
    JsonNode first = results.get("curves").get(0);
    assertThat(first.get("metric").asText()).isEqualTo("KPM");
    assertThat(first.get("values").get(0).asDouble()).isZero();
    assertThat(first.get("lower").get(15).asDouble())
        .isLessThan(first.get("values").get(15).asDouble());
    // Six curves of 16 fractions and two of 6, of 6 methods.
    assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(1 + 6 * (6 * 16 + 2 * 6));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Masking curves", "Differences between methods", "max-sensitivity");
  }

  @ParameterizedTest
  @CsvSource({"grade, sick;score, KAM", "score, sick;grade, KPM"})
  void judgesMethodsOfOtherTasks(String label, String dropped, String metric) throws IOException {
    Path model = train(label, dropped.replace(';', ','), "--bias");
    Path renamed = folder.resolve("renamed.csv");
    Files.writeString(renamed, Files.readString(table).replaceFirst(label, "truth"));
    Path out = folder.resolve("evaluation");
    for (int repetition = 0; repetition < 2; repetition++) {
      assertThat(
              run(
                  (Object[])
                      ("evaluate --methods ig,random --rows 100 --steps 32 --label truth --metrics "
                              + metric
                              + ",completeness,sparsity --model %s --data %s --out %s")
                          .formatted(model, renamed, out)
                          .split(" ")))
          .isEqualTo(new Outcome(0, ""));
    }
    Map<String, Double> scores = scores(out);
    assertThat(scores).hasSize(6);
    assertThat(scores.get("ig " + metric)).isGreaterThan(scores.get("random " + metric));
    assertThat(scores.get("ig sparsity (Gini)")).isBetween(0.0, 0.8);
  }

  @Test
  void saysWhatAnEvaluationCannotTake() throws IOException {
    Path model = train("score", "sick,grade", "--bias");
    String start =
        "evaluate --model %s --data %s --out %s ".formatted(model, table, folder.resolve("e"));
    Map<String, String> messages =
        Map.of(
            "--metrics kpm,kam", "metric kam must have classes to look at, found a regression",
            "--metrics lime", "a metric must be one of all, kpm",
            "--methods ig,grad,ig", "the methods must differ, found ig twice",
            "--methods xg", "not proven homogeneous",
            "--label none", "there is no column \"none\"",
            "--label x", "the label must not be a column that the model looks at, found \"x\"",
            "--label grade", "grade");
    messages.forEach(
        (options, message) -> {
          Outcome outcome = run(List.of((start + options).split(" ")));
          assertThat(outcome.code()).as(options).isNotZero();
          assertThat(outcome.error().strip().lines()).as(options).hasSize(1);
          assertThat(outcome.error()).startsWith("xgradient: ").contains(message);
        });
    assertThat(folder.resolve("e")).doesNotExist();
  }

  private Path train(String label, String dropped, String... more) {
    Path model = folder.resolve("model");
    List<String> arguments = new ArrayList<>(List.of("train", "--data", table.toString()));
    arguments.addAll(List.of("--label", label, "--drop", dropped, "--out", model.toString()));
    arguments.addAll(List.of("--hidden", "16,8", "--epochs", "40"));
    arguments.addAll(List.of(more));
    assertThat(run(arguments)).isEqualTo(new Outcome(0, ""));
    return model;
  }

  /** The share of rows of which the predict command says what stands in the table. */
  private double accuracy(Path model) throws IOException {
    Path predictions = folder.resolve("predictions.csv");
    assertThat(run("predict", "--model", model, "--data", table, "--out", predictions).code())
        .isZero();
    List<String> predicted = Files.readAllLines(predictions);
    List<String> lines = Files.readAllLines(table);
    int hits = 0;
    for (int row = 1; row < lines.size(); row++) {
      String label = Splitter.on(',').splitToList(lines.get(row)).get(3);
      if (Splitter.on(',').splitToList(predicted.get(row)).get(1).equals(label)) {
        hits++;
      }
    }
    return hits / 300.0;
  }

  /** The values of an evaluation by method and metric. */
  private static Map<String, Double> scores(Path evaluation) throws IOException {
    Map<String, Double> scores = new HashMap<>();
    List<String> lines = Files.readAllLines(evaluation.resolve("scores.csv"));
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = Splitter.on(',').splitToList(line);
      scores.put(cells.get(0) + " " + cells.get(1), Double.parseDouble(cells.get(4)));
    }
    return scores;
  }
}
