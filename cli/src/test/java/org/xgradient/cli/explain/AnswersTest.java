package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.cli.Xgradient;

/** What predict and attribute say of rows, in the words of the table. */
class AnswersTest {

  /** Of sums of single-precision numbers of the size of these outputs. */
  private static final double ROUNDING = 1e-4;

  @TempDir private Path folder;
  private Path table;
  private Path model;
  private Path out;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
    model = folder.resolve("model");
    out = folder.resolve("out.csv");
  }

  @Test
  void contributionsToANumberAreInItsUnitAndAddUpToThePrediction() throws IOException {
    train("score", "sick,grade", "--epochs", "5");
    List<CSVRecord> explained = attribute();
    List<CSVRecord> predicted = predict();
    assertThat(explained.get(0).getParser().getHeaderNames())
        .containsExactly(
            "row",
            "explained",
            "prediction of score",
            "prediction of score at the baseline",
            "x",
            "noise",
            "town");
    for (int i = 0; i < explained.size(); i++) {
      CSVRecord row = explained.get(i);
      assertThat(row.get("explained")).isEqualTo("score");
      assertThat(number(row, "prediction of score"))
          .isCloseTo(number(predicted.get(i), "score"), within(ROUNDING));
      double sum = number(row, "prediction of score at the baseline") + contributions(row);
      assertThat(sum).isCloseTo(number(predicted.get(i), "score"), within(ROUNDING * 10));
    }
    Outcome outcome = Commands.run(attributing("--target", "yes"));
    assertThat(outcome.error()).contains("--target is for classes, but \"score\" is a number");
  }

  @Test
  void signsSpeakOfTheNamedClass() throws IOException {
    train("sick", "score,grade");
    List<CSVRecord> yes = attribute();
    List<CSVRecord> predicted = predict();
    List<CSVRecord> no = attribute("--target", "no");
    List<CSVRecord> own = attribute("--target", "predicted");
    List<CSVRecord> all = attribute("--target", "all");
    assertThat(all).hasSize(2 * yes.size());
    for (int i = 0; i < yes.size(); i++) {
      assertThat(yes.get(i).get("explained")).isEqualTo("yes");
      assertThat(no.get(i).get("explained")).isEqualTo("no");
      assertThat(number(yes.get(i), "x")).isEqualTo(-number(no.get(i), "x"));
      assertThat(number(yes.get(i), "probability of yes"))
          .isCloseTo(number(predicted.get(i), "probability of yes"), within(1e-6));
      assertThat(own.get(i).get("explained")).isEqualTo(predicted.get(i).get("sick"));
      assertThat(own.get(i).get("x"))
          .isEqualTo((predicted.get(i).get("sick").equals("yes") ? yes : no).get(i).get("x"));
      assertThat(all.get(2 * i).get("x")).isEqualTo(no.get(i).get("x"));
      assertThat(all.get(2 * i + 1).get("x")).isEqualTo(yes.get(i).get("x"));
    }
    assertThat(Commands.run(attributing("--target", "yess")).error())
        .contains(
            "--target must be a class of \"sick\", predicted or all, found \"yess\"; did you mean"
                + " \"yes\"?");
  }

  @Test
  void contributionsToAProbabilityAddUpToIt() throws IOException {
    train("sick", "score,grade");
    List<CSVRecord> predicted = predict();
    for (String target : List.of("yes", "no")) {
      List<CSVRecord> explained = attribute("--probability", "--target", target, "--method", "ig");
      assertThat(explained.get(0).getParser().getHeaderNames())
          .containsExactly(
              "row",
              "explained",
              "probability of " + target,
              "probability of " + target + " at the baseline",
              "x",
              "noise",
              "town");
      for (int i = 0; i < explained.size(); i++) {
        CSVRecord row = explained.get(i);
        String name = "probability of " + target;
        assertThat(number(row, name)).isCloseTo(number(predicted.get(i), name), within(1e-5));
        // Of 128 midpoints on a curve that bends a few times.
        assertThat(number(row, name + " at the baseline") + contributions(row))
            .isCloseTo(number(row, name), within(5e-3));
      }
    }
    assertThat(Commands.run(attributing("--probability", "--method", "xg")).error())
        .contains("no probability is homogeneous")
        .hasLineCount(1);
  }

  @Test
  void ofSeveralClassesThePredictedOneIsExplainedUnlessOneIsNamed() throws IOException {
    train("grade", "score,sick");
    List<CSVRecord> own = attribute();
    List<CSVRecord> predicted = predict();
    List<CSVRecord> low = attribute("--target", "low");
    for (int i = 0; i < own.size(); i++) {
      assertThat(own.get(i).get("explained")).isEqualTo(predicted.get(i).get("grade"));
      assertThat(low.get(i).get("explained")).isEqualTo("low");
      // Other batches round otherwise.
      assertThat(number(low.get(i), "probability of low"))
          .isCloseTo(number(predicted.get(i), "probability of low"), within(1e-6));
      assertThat(contributions(low.get(i)))
          .isCloseTo(number(low.get(i), "logit of low"), within(ROUNDING * 10));
    }
  }

  @Test
  void columnsAreCarriedOverAndNamesStayDifferent() throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace("x,noise,town", "row,explained,town");
      changed.add((i == 0 ? "id" : "p-%03d".formatted(i % 250)) + "," + line);
    }
    Files.write(table, changed);
    train("sick", "score,grade,id");
    List<CSVRecord> rows = attribute("--keep", "id,row");
    assertThat(rows.get(0).getParser().getHeaderNames())
        .containsExactly(
            "row*",
            "id",
            "row",
            "explained*",
            "logit of yes",
            "logit of yes at the baseline",
            "probability of yes",
            "row (contribution)",
            "explained",
            "town");
    assertThat(rows.get(6).get("id")).isEqualTo("p-007");
    assertThat(rows.get(6).get("row"))
        .isEqualTo(Splitter.on(',').splitToList(changed.get(7)).get(1));
    List<CSVRecord> predictions = predict("--keep", "id,sick");
    assertThat(predictions.get(0).getParser().getHeaderNames())
        .containsExactly(
            "row", "id", "sick", "predicted sick", "probability of no", "probability of yes");
  }

  @Test
  void whatTheModelWasNotTrainedForIsCountedAndSaid() throws IOException {
    train("sick", "score,grade");
    List<String> lines = new ArrayList<>(Files.readAllLines(table));
    lines.set(3, "abc,0,Ulm,yes,low,1");
    lines.set(4, "1,0,ulm,yes,low,1");
    lines.set(5, "1,0,Rome,yes,low,1");
    Files.write(table, lines);
    String warnings = errorsOf(predicting());
    assertThat(warnings)
        .contains(
            "warning: column \"x\": 1 of 285 cells counts as missing, for the model wants numbers:"
                + " row 3 (line 4) has \"abc\"",
            "warning: column \"town\": 2 of 300 cells are levels that the model has not seen",
            "\"ulm\" (1, perhaps \"Ulm\")",
            "it knows \"Ulm\", \"York\", \"Ypres\"");
    Files.delete(out);
    Outcome outcome = Commands.run(predicting("--tolerate", "0.001"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error())
        .contains("column \"x\": 1 of 285", "more than a share of 0.001 (--tolerate SHARE allows");
    assertThat(out).doesNotExist();
    Files.write(table, lines.stream().map(line -> line.replaceFirst("^[^,]*,", "")).toList());
    assertThat(Commands.run(predicting()).error())
        .contains("there is no column \"x\"", "go on without (--tolerate 1 counts");
    assertThat(Commands.run(predicting("--keep", "none", "--tolerate", "1")).error())
        .contains("there is no column \"none\"")
        .doesNotContain("--tolerate");
    assertThat(errorsOf(predicting("--tolerate", "1")))
        .contains("warning: column \"x\" is not there; all its cells count as missing");
  }

  @Test
  void contributionsMayCountFromARowOfTheFile() throws IOException {
    train("sick", "score,grade");
    List<CSVRecord> explained = attribute("--baseline", "row:2");
    String logit = "logit of yes";
    double start = number(explained.get(1), logit);
    for (String column : List.of("x", "noise", "town")) {
      assertThat(number(explained.get(1), column)).isZero();
    }
    double gap = 0;
    double change = 0;
    for (CSVRecord row : explained) {
      assertThat(number(row, logit + " at the baseline")).isCloseTo(start, within(ROUNDING));
      gap += Math.abs(number(row, logit) - start - contributions(row));
      change += Math.abs(number(row, logit) - start);
    }
    // The tolerance of the automatic choice, on average over the rows.
    assertThat(gap).isLessThan(0.011 * change);
    assertThat(folder.resolve("out.html")).content().contains("compared with row 2 of the file.");
    assertThat(Commands.run(attributing("--baseline", "row:999")).error())
        .contains("--baseline row:999 asks for a row of");
    assertThat(Commands.run(attributing("--baseline", "mean", "--method", "xg")).error())
        .contains("--baseline goes with --method auto or ig, found xg; take --method ig");
    assertThat(
            Commands.run(
                    "attribute",
                    "--model",
                    model,
                    "--data",
                    "-",
                    "--baseline",
                    "mean",
                    "--out",
                    out)
                .error())
        .contains("--baseline mean reads --data twice, which the standard input can't be");
  }

  @Test
  void outputsMayBeCompressed() throws IOException {
    train("sick", "score,grade");
    List<CSVRecord> plain = predict();
    Path packed = folder.resolve("out.csv.gz");
    assertThat(Commands.run("predict", "--model", model, "--data", table, "--out", packed).code())
        .isZero();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(packed)), StandardCharsets.UTF_8))) {
      assertThat(lines.lines()).hasSize(plain.size() + 1);
    }
  }

  @Test
  void rowsThatOthersAreComparedWithAreJudgedToo() throws IOException {
    train("sick", "score,grade");
    List<String> lines = Files.readAllLines(table);
    Path strange = folder.resolve("strange.csv");
    for (List<String> options :
        List.of(
            List.of("--baseline", strange.toString()),
            List.of("--method", "eg", "--references", strange.toString()))) {
      Files.write(
          strange, lines.stream().map(line -> line.replaceAll("Ulm|York|Ypres", "Bonn")).toList());
      assertThat(Commands.run(attributing(options.toArray(String[]::new))).error())
          .contains(
              options.get(options.size() - 2) + ": column \"town\": 300 of 300 cells are levels");
      Files.write(
          strange,
          lines.stream().map(line -> line.replaceFirst("^-?\\d+\\.\\d+", "high")).toList());
      assertThat(Commands.run(attributing(options.toArray(String[]::new))).error())
          .contains(options.get(options.size() - 2) + ": column \"x\": 285 of 285 cells count as");
    }
    assertThat(errorsOf(attributing("--baseline", strange.toString(), "--tolerate", "1")))
        .contains("warning: --baseline: column \"x\"");
  }

  private void train(String label, String dropped, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                table.toString(),
                "--label",
                label,
                "--drop",
                dropped,
                "--out",
                model.toString(),
                "--hidden",
                "8"));
    command.addAll(more.length == 0 ? List.of("--epochs", "2") : List.of(more));
    assertThat(Commands.run(command)).isEqualTo(new Outcome(0, ""));
  }

  private List<String> predicting(String... more) {
    return command("predict", more);
  }

  private List<String> attributing(String... more) {
    return command("attribute", more);
  }

  private List<String> command(String name, String... more) {
    return Stream.concat(
            Stream.of(
                name,
                "--model",
                model.toString(),
                "--data",
                table.toString(),
                "--out",
                out.toString()),
            Stream.of(more))
        .toList();
  }

  private List<CSVRecord> predict(String... more) throws IOException {
    return run(predicting(more));
  }

  private List<CSVRecord> attribute(String... more) throws IOException {
    return run(attributing(more));
  }

  private List<CSVRecord> run(List<String> command) throws IOException {
    assertThat(Commands.run(command)).isEqualTo(new Outcome(0, ""));
    try (CSVParser parser =
        CSVParser.parse(
            Files.readString(out),
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get())) {
      return parser.getRecords();
    }
  }

  /** What a command prints on the standard error stream. */
  private static String errorsOf(List<String> command) {
    PrintStream err = System.err;
    var printed = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
      assertThat(Xgradient.commandLine().execute(command.toArray(String[]::new))).isZero();
    } finally {
      System.setErr(err);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The sum of the last three cells. */
  private static double contributions(CSVRecord row) {
    return IntStream.range(row.size() - 3, row.size())
        .mapToDouble(i -> Double.parseDouble(row.get(i)))
        .sum();
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
