package org.xgradient.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.cli.page.Explained;
import org.xgradient.cli.page.ExplainedRow;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.report.table.RowExplorer;
import org.xgradient.training.table.TableModel;

/** The page beside explained rows, and that what it computes is what TensorFlow computes. */
class AttributePageTest {

  /** Of single-precision numbers, relative to the largest, or absolute below 1. */
  private static final double TOLERANCE = 1e-5;

  private static final List<String> COLUMNS = List.of("x", "noise", "town");
  private static final List<String> TOWNS = List.of("Ulm", "York", "Ypres");

  @TempDir private Path folder;
  private Path table;
  private Path model;
  private Path out;
  private Path page;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
    model = folder.resolve("model");
    out = folder.resolve("out.csv");
    page = folder.resolve("out.html");
  }

  @Test
  void changedCellsOfTwoClasses() throws IOException {
    train("sick", "score,grade");
    attribute();
    assertPageAgrees(new XGradient(), 1);
  }

  @Test
  void changedCellsOfTheFirstClass() throws IOException {
    train("sick", "score,grade");
    attribute("--target", "no");
    assertPageAgrees(new XGradient(), 0);
  }

  @Test
  void changedCellsOfSeveralClassesAndANetworkWithBiases() throws IOException {
    train("grade", "score,sick", "--bias");
    attribute("--target", "middle", "--method", "ig", "--steps", "32");
    assertPageAgrees(
        IntegratedGradients.withDefaults().withQuadrature(Quadrature.gaussLegendre(32)), 2);
  }

  @Test
  void changedCellsOfANumberInItsOwnUnit() throws IOException {
    train("score", "sick,grade");
    attribute();
    assertPageAgrees(new XGradient(), -1);
  }

  @Test
  void aMethodThatThePageDoesNotComputeIsNamed() throws IOException {
    train("sick", "score,grade");
    attribute("--method", "grad");
    String html = Files.readString(page);
    assertThat(data(html))
        .contains("A page computes X-Gradient and Integrated Gradients; these contributions are")
        .contains("those of Gradient.");
    assertThat(html)
        .contains("These contributions do not add up to the output")
        .doesNotContain("compared with");
  }

  /** The model was trained by a method of its own, beside that of the contributions. */
  @Test
  void whatIsOfThePriorIsCalledSo() throws IOException {
    train("sick", "score,grade", "--prior", "gini");
    attribute();
    assertThat(Files.readString(page))
        .contains("<dt><bdi>method of the prior</bdi>", "<dt><bdi>tolerance of the prior</bdi>")
        .doesNotContain(
            "<dt><bdi>method</bdi>", "<dt><bdi>tolerance</bdi>", "<dt><bdi>steps</bdi>");
  }

  /** Rows of a table, not one baseline. */
  @Test
  void expectedGradientsAreComparedWithReferences() throws IOException {
    train("sick", "score,grade");
    attribute("--method", "eg", "--references", table.toString());
    assertThat(Files.readString(page))
        .contains("These contributions add up on average only")
        .contains("compared with references: the rows of --references")
        .doesNotContain("do not add up to the output")
        .doesNotContain("mean of each number")
        .doesNotContain("Another baseline");
  }

  @Test
  void probabilitiesAreExplainedToo() throws IOException {
    train("sick", "score,grade");
    attribute("--probability");
    assertThat(Files.readString(page)).contains("what its cells add to the probability of yes");
    assertThat(data(Files.readString(page)))
        .contains("without --probability there are cells to change here");
  }

  /** Before a header is written, which a pipe would take for a table without rows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--probability --method xg | --probability goes with --method auto, ig or eg",
        "--baseline mean --method xg | --baseline goes with --method auto or ig, found xg",
        "--method eg | --references FILE.csv",
        "--method xg | ; explain it by another method (--method ig)",
      })
  void whatAMethodCannotDoIsSaidBeforeRowsAreExplained(String options, String message)
      throws IOException {
    train("sick", "score,grade", "--bias");
    List<String> command = new ArrayList<>(List.of("attribute", "--model", model.toString()));
    command.addAll(List.of("--data", table.toString(), "--out", out.toString()));
    command.addAll(List.of(options.split(" ")));
    var progress = new ByteArrayOutputStream();
    Outcome outcome = Commands.run(command, OutputStream.nullOutputStream(), progress);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error()).contains(message);
    assertThat(progress.toString(StandardCharsets.UTF_8)).doesNotContain("attributing");
  }

  @Test
  void thePageIsLeftOutIfAsked() throws IOException {
    train("sick", "score,grade");
    attribute("--no-report");
    assertThat(page).doesNotExist();
  }

  @Test
  void nothingElseIsReplaced() throws IOException {
    train("sick", "score,grade");
    Files.writeString(page, "mine");
    Outcome outcome = Commands.run(attributing());
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error())
        .contains("out.html: is no page of xgradient and is not replaced")
        .doesNotContain("\n\n");
    assertThat(page).hasContent("mine");
    assertThat(out).as("said before the work").doesNotExist();
  }

  /** Without a script there are tables and pictures of the same numbers. */
  @Test
  void thePageIsWholeWithoutAScript() throws IOException {
    train("sick", "score,grade");
    attribute();
    String html = Files.readString(page);
    List<String> row = Files.readAllLines(out);
    assertThat(html).contains("The first 20 of 300 rows", "<svg", "Which columns matter");
    assertThat(row).hasSize(301);
    assertThat(html.split("<svg", -1).length - 1).isGreaterThanOrEqualTo(7);
    assertThat(html.replace("http://www.w3.org/", ""))
        .doesNotContain("http:", "https:")
        .contains("default-src 'none'");
  }

  private void assertPageAgrees(AttributionMethod method, int explainedClass) throws IOException {
    String html = Files.readString(page);
    try (TableModel loaded = TableModel.load(model)) {
      Explained explained =
          Explained.of(
                  loaded.labels(),
                  explainedClass < 0
                      ? Optional.empty()
                      : Optional.of(loaded.labels().classes().get(explainedClass)),
                  false)
              .get(0);
      Attributor attributor =
          Attributor.of(
              loaded, method, AttributorOptions.withDefaults().withTarget(explained.target()));
      Context context = Context.enter();
      try {
        ScriptableObject scope = scripts(context, html);
        for (int trial = 0; trial < 12; trial++) {
          double x = trial % 4 == 0 ? Double.NaN : -2 + 0.4 * trial;
          double noise = Math.sin(trial);
          int town = trial % 5 - 1;
          Table cells =
              Table.of(
                  NumericColumn.of("x", x),
                  NumericColumn.of("noise", noise),
                  CategoricalColumn.of("town", List.of("Ulm", "York", "Ypres", "Rome"), town));
          FloatArray features = loaded.preprocessing().transform(cells);
          Attributions found = attributor.attribute(features);
          float[] byColumn = loaded.preprocessing().groups().sumByColumn(found.values()).values();
          ExplainedRow expected = explained.row(found, 0, byColumn);
          String code =
              "var found = model.explain([%s, %s, %s], %s);"
                  .formatted(x, noise, town, explainedClass);
          context.evaluateString(scope, code, "test", 1, null);
          double scale = Math.max(1, Math.abs(expected.end()));
          assertClose(context, scope, "found.end", expected.end(), scale);
          assertClose(context, scope, "found.start", expected.start().orElseThrow(), scale);
          for (int i = 0; i < COLUMNS.size(); i++) {
            assertClose(
                context,
                scope,
                "found.contributions[%s]".formatted(i),
                expected.contributions().get(i),
                scale);
          }
          if (explainedClass >= 0) {
            assertClose(context, scope, "found.probability", expected.probability(), 1);
          }
        }
        // The towns come in the order of the model's features.
        assertThat(
                Context.toString(
                    context.evaluateString(
                        scope, "store.columns[2].levels.join()", "test", 1, null)))
            .isEqualTo(String.join(",", TOWNS));
      } finally {
        Context.exit();
      }
    }
  }

  private static void assertClose(
      Context context, ScriptableObject scope, String expression, double expected, double scale) {
    assertThat(Context.toNumber(context.evaluateString(scope, expression, "test", 1, null)))
        .as(expression)
        .isCloseTo(expected, within(TOLERANCE * scale));
  }

  private static ScriptableObject scripts(Context context, String html) throws IOException {
    context.setLanguageVersion(Context.VERSION_ES6);
    ScriptableObject scope = context.initStandardObjects();
    for (String file : List.of("numbers.js", "network.js", "rows.js")) {
      try (InputStream in = RowExplorer.class.getResourceAsStream(file)) {
        String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(html).as("the page has %s", file).contains(source.strip());
        context.evaluateString(scope, source, file, 1, null);
      }
    }
    ScriptableObject.putProperty(scope, "text", data(html));
    context.evaluateString(
        scope,
        "var packed = JSON.parse(text); var store = xg.rows(packed); var model = xg.model(packed.model);",
        "test",
        1,
        null);
    return scope;
  }

  private static String data(String html) {
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"rows-data\">(.*?)</script>")
            .matcher(html);
    assertThat(data.find()).isTrue();
    return data.group(1);
  }

  private void train(String label, String dropped, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("train", "--data", table, "--label", label, "--drop", dropped, "--out", model));
    arguments.addAll(List.of("--hidden", "16,8", "--epochs", "5", "--no-report"));
    arguments.addAll(List.of(more));
    Outcome outcome = Commands.run(arguments.toArray());
    assertThat(outcome.error()).isEmpty();
  }

  private List<String> attributing(String... more) {
    return Stream.concat(
            Stream.of("attribute", "--model", model, "--data", table, "--out", out)
                .map(Object::toString),
            Stream.of(more))
        .toList();
  }

  private void attribute(String... more) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Outcome outcome = Commands.run(attributing(more), printed, OutputStream.nullOutputStream());
    assertThat(outcome.error()).isEmpty();
    boolean pageless = List.of(more).contains("--no-report");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(pageless ? "" : "Report: %s%n".formatted(page));
  }
}
