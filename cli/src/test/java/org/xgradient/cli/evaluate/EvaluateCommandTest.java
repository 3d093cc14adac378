package org.xgradient.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.xgradient.cli.Commands.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.cli.ImageInputs;
import org.xgradient.data.format.Safetensors;
import org.xgradient.graph.architectures.Networks;

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
    // 14 metrics of 6 methods.
    assertThat(scores).hasSize(84);
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
    assertThat(results.get("scores")).hasSize(84);
    // Three layers.
    JsonNode steps = results.get("randomizations").get("xg");
    assertThat(steps).hasSize(3);
    assertThat(steps.get(2).get("absoluteAgreement").asDouble())
        .isEqualTo(scores.get("xg randomization"))
        .isLessThan(0.99);
    assertThat(scores.get("random randomization")).isEqualTo(1);
    // Nothing stays of five features at 0.01, and a network without biases says 0 then.
    JsonNode first = results.get("curves").get(0);
    assertThat(first.get("metric").asText()).isEqualTo("KPM");
    assertThat(first.get("values").get(0).asDouble()).isZero();
    assertThat(first.get("lower").get(15).asDouble())
        .isLessThan(first.get("values").get(15).asDouble());
    // Six curves of 16 fractions and two of 6, of 6 methods.
    assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(1 + 6 * (6 * 16 + 2 * 6));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Masking curves", "Differences between methods", "max-sensitivity")
        .contains(" of the file: what stays for KPM", "Do they explain the model?");
  }

  @Test
  void judgesMethodsOnImages() throws IOException {
    Path images = folder.resolve("photos");
    List<String> classes = List.of("disc", "bar", "plus", "ring");
    for (int i = 0; i < 8; i++) {
      Path file = images.resolve(classes.get(i % 4)).resolve(i + ".png");
      ImageInputs.writeImage(file, 14 + i % 3, 13 + i % 4, 1 + i % 5);
    }
    Files.writeString(images.resolve("bar/notes.txt"), "not an image");
    Path weights = folder.resolve("weights.safetensors");
    var network = Networks.smallConvNet(12, 3, 4);
    Safetensors.write(weights, ImageInputs.inModule(ImageInputs.pytorchWeights(network, 0.3, 7)));
    Path names = Files.write(folder.resolve("classes.txt"), classes);
    Path model = folder.resolve("convnet");
    String importing =
        "import --network x-convnet --image-size 12 --weights %s --classes %s --out ";
    assertThat(runLine(importing.formatted(weights, names) + model).code()).isZero();
    Path out = folder.resolve("evaluation");
    String start =
        "evaluate --force --model %s --images %s --out %s ".formatted(model, images, out);
    String options = "--methods xg,ig,random --steps 8 --seed 3 ";
    assertThat(runLine(start + options)).isEqualTo(new Outcome(0, ""));

    Map<String, Double> scores = scores(out);
    assertThat(scores).hasSize(14 * 3);
    for (String metric : List.of("KPM", "KNM", "insertion", "deletion")) {
      // Rounding may swap pixels that count almost alike.
      assertThat(scores.get("xg " + metric)).isCloseTo(scores.get("ig " + metric), within(0.01));
    }
    assertThat(scores.get("xg KPM")).isGreaterThan(scores.get("random KPM"));
    assertThat(scores.get("xg KNM")).isLessThan(scores.get("random KNM"));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("KPM", "heat map", "8 images", "23 pixels, sigma 18.5", "data:image/png")
        .doesNotContain("rows");
    JsonNode results = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    assertThat(results.get("rows").asInt()).isEqualTo(8);

    assertThat(runLine(start + options + "--own-class --rows 4 --metrics kam").code()).isZero();
    results = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    assertThat(results.get("model").get("accuracy").asDouble()).isEqualTo(1);
    assertThat(results.get("rows").asInt()).isEqualTo(4);

    ImageInputs.writeImage(images.resolve("star/9.png"), 14, 14, 2);
    Outcome unknown = runLine(start + options + "--rows 9");
    assertThat(unknown.code()).isNotZero();
    assertThat(unknown.error())
        .contains("must be in folders named like one of the 4 classes, found star/9.png")
        .contains("--own-class");
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
                      ("evaluate --force --methods ig,random --rows 100 --steps 32 --label truth --metrics "
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
  void rowsWithoutALabelAreLeftOut() throws IOException {
    Path model = train("sick", "grade,score");
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    lines.set(4, lines.get(4).replaceFirst(",(yes|no),", ",,"));
    Files.write(table, lines);
    Path out = folder.resolve("labelled");
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    List<String> command =
        List.of(
            "evaluate",
            "--model",
            model.toString(),
            "--data",
            table.toString(),
            "--methods",
            "xg",
            "--metrics",
            "completeness",
            "--out",
            out.toString());
    assertThat(run(command, OutputStream.nullOutputStream(), warned).code()).isZero();
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains("warning: 1 of 300 rows has no label, and is left out");
    JsonNode results = new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
    assertThat(results.get("rows").asInt()).isEqualTo(299);
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
            "--methods xg", "take Integrated Gradients (--methods ig)",
            "--label none", "there is no column \"none\"",
            "--label x", "the label must not be a column that the model looks at, found \"x\"",
            "--label grade", "grade",
            "--own-class", "--own-class is of no use with a table");
    messages.forEach(
        (options, message) -> {
          Outcome outcome = run(List.of((start + options).split(" ")));
          assertThat(outcome.code()).as(options).isNotZero();
          assertThat(outcome.error().strip().lines()).as(options).hasSize(1);
          assertThat(outcome.error()).startsWith("xgradient: ").contains(message);
        });
    assertThat(folder.resolve("e")).doesNotExist();
  }

  private static Outcome runLine(String arguments) {
    return run(List.of(arguments.split(" ")));
  }

  private Path train(String label, String dropped, String... more) {
    Path model = folder.resolve("model");
    List<String> arguments = new ArrayList<>(List.of("train", "--data", table.toString()));
    arguments.addAll(List.of("--label", label, "--drop", dropped, "--out", model.toString()));
    arguments.addAll(List.of("--hidden", "16,8", "--epochs", "40", "--batch-size", "256"));
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
