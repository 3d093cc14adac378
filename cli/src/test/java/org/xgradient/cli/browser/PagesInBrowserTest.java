package org.xgradient.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xgradient.cli.Commands;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.report.HtmlPage;
import org.xgradient.training.table.TableModel;

/**
 * Opens the pages in Chromium or Chrome: {@code mvn -Pbrowser -pl cli -am verify}. What was seen is
 * in {@code target/browser}, or in the folder that {@code -Dxgradient.pictures} names.
 */
@EnabledIfSystemProperty(named = "xgradient.browser", matches = "true")
class PagesInBrowserTest {

  private static final List<String> PAGES =
      List.of(
          "model.html",
          "attributions.html",
          "evaluation/report.html",
          "stripped.html",
          "images.html",
          "texts/report.html",
          "texts-evaluated/report.html");

  private static final String CAPTIONS_BEYOND =
      "Array.prototype.filter.call(document.querySelectorAll('caption'), function (c) {"
          + " return c.getBoundingClientRect().right > innerWidth; }).length";

  /** Letters of 12.5 units are still read at four fifths of their size. */
  private static final String CHARTS_WITH_TINY_LETTERS =
      "Array.prototype.filter.call(document.querySelectorAll('svg.chart'), function (c) {"
          + " var width = c.getBoundingClientRect().width;"
          + " return width > 0 && width < 0.8 * c.viewBox.baseVal.width; }).length";

  private static final String AXE = "4.14.1";

  @TempDir private static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void makePages() throws IOException {
    Optional<Path> program = Chromium.find();
    Assumptions.assumeTrue(
        program.isPresent(),
        "there is no chromium or google-chrome on the path (nor -Dxgradient.chromium=PROGRAM); the"
            + " pages were not looked at");
    Path table = Commands.writeTable(folder);
    run(
        "train",
        table,
        "model",
        "--label",
        "sick",
        "--drop",
        "score,grade",
        "--prior",
        "mask",
        "--mask",
        "town",
        "--hidden",
        "32,16",
        "--epochs",
        "20");
    run("attribute", table, "attributions.csv", "--model", folder.resolve("model"));
    run("evaluate", table, "evaluation", "--model", folder.resolve("model"), "--rows", "60");
    run(
        "train",
        table,
        "biased",
        "--label",
        "grade",
        "--drop",
        "score,sick",
        "--bias",
        "--hidden",
        "16",
        "--epochs",
        "10");
    run("strip-bias", table, "stripped", "--model", folder.resolve("biased"));
    explainTexts();
    GalleryPage.page().write(folder.resolve("images.html"));
    browser = Chromium.start(program.get(), Files.createDirectory(folder.resolve("profile")));
  }

  private static void explainTexts() {
    Path questions = Path.of("../docs/questions.txt");
    Path model = folder.resolve("text-model");
    of("train", questions, "text-model", "--epochs", "3", "--dimension", "8", "--filters", "8");
    of("attribute", questions, "texts", "--model", model);
    of("evaluate", questions, "texts-evaluated", "--model", model, "--rows", "20", "--steps", "4");
  }

  private static void of(String command, Path texts, String out, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--text", texts));
    arguments.addAll(List.of("--out", folder.resolve(out)));
    arguments.addAll(Arrays.asList(more));
    assertThat(Commands.run(arguments.toArray()).error()).as(command).isEmpty();
  }

  private static void run(String command, Path table, String out, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--data", table));
    arguments.addAll(List.of("--out", folder.resolve(out)));
    arguments.addAll(Arrays.asList(more));
    assertThat(Commands.run(arguments.toArray()).error()).as(command).isEmpty();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Stream<String> pages() {
    return PAGES.stream();
  }

  private static String address(String page) {
    return folder.resolve(page).toUri().toString();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void fitEachViewportInEachMode(String page) throws IOException {
    for (int width : new int[] {1440, 768, 390}) {
      for (boolean dark : new boolean[] {false, true}) {
        for (boolean script : new boolean[] {true, false}) {
          browser.open(address(page), width, 900, dark, script);
          String what = "%s, %d px, dark %s, script %s".formatted(page, width, dark, script);
          assertThat(browser.complaints()).as(what).isEmpty();
          JsonNode size = browser.call("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
          assertThat(size.get("width").asInt()).as(what).isLessThanOrEqualTo(width);
          if (script) {
            assertThat(browser.evaluate(CHARTS_WITH_TINY_LETTERS).asInt()).as(what).isZero();
            assertThat(browser.evaluate(CAPTIONS_BEYOND).asInt()).as(what).isZero();
            String name = page.replace(".html", "").replace('/', '-');
            picture(
                "%s-%d-%s.png".formatted(name, width, dark ? "dark" : "light"),
                browser.picture(false));
          }
        }
      }
    }
  }

  private static void picture(String name, byte[] png) throws IOException {
    Path pictures =
        Files.createDirectories(
            Path.of(System.getProperty("xgradient.pictures", "target/browser")));
    Files.write(pictures.resolve(name), png);
  }

  @Test
  void rowsAreSearchedAndOpenedByTheKeyboard() throws IOException {
    browser.open(address("attributions.html"), 1440, 900, false, true);
    assertThat(browser.evaluate("document.querySelector('#rows .status').textContent").asText())
        .isEqualTo("300 rows");
    assertThat(browser.evaluate("document.querySelector('[data-fallback]').hidden").asBoolean())
        .isTrue();
    browser.evaluate("document.querySelector('#rows input[type=search]').focus()");
    browser.call("Input.insertText", Map.of("text", "ypres"));
    String found =
        browser
            .evaluate(
                "new Promise(r => setTimeout(() => r(document.querySelector('#rows .status').textContent), 500))")
            .asText();
    assertThat(found).matches("[0-9]+ of 300 rows");
    browser.evaluate("document.querySelector('#rows td button').focus()");
    for (String type : List.of("keyDown", "char", "keyUp")) {
      browser.call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", "Enter", "text", "\r", "windowsVirtualKeyCode", 13));
    }
    assertThat(browser.evaluate("document.querySelector('.detail h3').textContent").asText())
        .startsWith("Row ");
    assertThat(browser.evaluate("document.querySelectorAll('.waterfall tr').length").asInt())
        .isEqualTo(5);
    assertThat(browser.complaints()).isEmpty();
    picture("attribute-page.png", browser.picture(".detail"));
  }

  @Test
  void imagesAreSearchedSortedAndFaded() {
    browser.open(address("images.html"), 1440, 900, false, true);
    String first = "document.querySelector('table.images tbody tr').textContent";
    assertThat(browser.evaluate(first).asText()).contains("cat 0");
    browser.evaluate(
        "(function () { var s = document.querySelector('#gallery select'); s.value = '0';"
            + " s.dispatchEvent(new Event('input')); })()");
    assertThat(browser.evaluate(first).asText()).as("largest error").contains("dog 2");
    browser.evaluate(
        "(function () { var s = document.querySelector('#gallery input'); s.value = 'CAT';"
            + " s.dispatchEvent(new Event('input')); })()");
    assertThat(browser.evaluate("document.querySelector('#gallery .status').textContent").asText())
        .isEqualTo("2 of 6 images");
    browser.evaluate(
        "(function () { var s = document.querySelector('#gallery input[type=range]'); s.value = 75;"
            + " s.dispatchEvent(new Event('input')); })()");
    // Half of the paper is gone, and no colour yet.
    assertThat(browser.evaluate("document.querySelector('.over').style.backgroundImage").asText())
        .startsWith("linear-gradient(rgba(255, 255, 255, 0.5), rgba(255, 255, 255, 0.5)), url(");
    assertThat(browser.evaluate("document.querySelector('.over img').style.opacity").asText())
        .isEqualTo("1");
    browser.evaluate(
        "(function () { var s = document.querySelector('#gallery input[type=range]'); s.value = 20;"
            + " s.dispatchEvent(new Event('input')); })()");
    assertThat(browser.evaluate("document.querySelector('.over img').style.opacity").asText())
        .isEqualTo("0.4");
    browser.evaluate("document.querySelector('#gallery input[type=checkbox]').click()");
    assertThat(browser.evaluate("document.querySelectorAll('thead th')[1].hidden").asBoolean())
        .isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void textsAreSearchedAndSortedByConfidence() {
    browser.open(address("texts/report.html"), 1440, 900, false, true);
    String probabilities =
        "Array.prototype.map.call(document.querySelectorAll('.coloured .heading'), function (h) {"
            + " return Number(/probability ([0-9.e-]+)/.exec(h.textContent)[1]); })";
    choose("select", "probability of the class, smallest first");
    List<Double> rising = numbers(probabilities);
    assertThat(rising).hasSizeGreaterThan(10).isSorted();
    choose("select", "probability of the class, largest first");
    assertThat(numbers(probabilities).get(0)).isGreaterThanOrEqualTo(rising.get(0));
    browser.evaluate(
        "(function () { var s = document.querySelector('#text-tools input'); s.value = 'BRIDGE';"
            + " s.dispatchEvent(new Event('input')); })()");
    assertThat(browser.evaluate("document.querySelector('.status').textContent").asText())
        .matches("1 to [0-9]+ of [0-9]+ texts, chosen from [0-9]+");
    assertThat(browser.complaints()).isEmpty();
  }

  private static void choose(String control, String option) {
    browser.evaluate(
        ("(function () { var s = document.querySelector('#text-tools %s');"
                + " s.value = Array.prototype.filter.call(s.options, function (o) {"
                + " return o.text === '%s'; })[0].value; s.dispatchEvent(new Event('input')); })()")
            .formatted(control, option));
  }

  private static List<Double> numbers(String expression) {
    List<Double> numbers = new ArrayList<>();
    browser.evaluate(expression).forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  @Test
  void whatIfAgreesWithTensorFlow() {
    browser.open(address("attributions.html"), 1440, 900, false, true);
    try (TableModel model = TableModel.load(folder.resolve("model"))) {
      for (int trial = 0; trial < 20; trial++) {
        double x = -3 + 0.3 * trial;
        double noise = Math.cos(trial);
        int town = trial % 3;
        Table cells =
            Table.of(
                NumericColumn.of("x", x),
                NumericColumn.of("noise", noise),
                CategoricalColumn.of("town", List.of("Ulm", "York", "Ypres"), town));
        double expected = model.predict(cells).logits().values()[0];
        JsonNode found =
            browser.evaluate(
                ("(function () { var packed = JSON.parse(document.getElementById('rows-data').textContent);"
                        + " return xg.model(packed.model).explain([%s, %s, %s], 1); })()")
                    .formatted(x, noise, town));
        double sum = found.get("start").asDouble();
        for (JsonNode contribution : found.get("contributions")) {
          sum += contribution.asDouble();
        }
        double tolerance = 1e-5 * Math.max(1, Math.abs(expected));
        assertThat(found.get("end").asDouble()).isCloseTo(expected, within(tolerance));
        assertThat(sum).as("they add up").isCloseTo(expected, within(2 * tolerance));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void axeFindsNoSeriousFault(String page) throws IOException, InterruptedException {
    String axe = Files.readString(axe());
    for (boolean dark : new boolean[] {false, true}) {
      browser.open(address(page) + "#row-5", 1440, 900, dark, true);
      browser.evaluate(axe + "; 1");
      JsonNode faults =
          browser.evaluate(
              "axe.run().then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')"
                  + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')))");
      assertThat(faults).as(page + (dark ? ", dark" : "")).isEmpty();
    }
  }

  /** From npm, once. */
  private static Path axe() throws IOException, InterruptedException {
    Path target = Files.createDirectories(Path.of("target/browser").toAbsolutePath());
    Path script = target.resolve("package/axe.min.js");
    if (!Files.exists(script)) {
      boolean there =
          runs(target, "npm", "pack", "axe-core@" + AXE)
              && runs(target, "tar", "xzf", "axe-core-%s.tgz".formatted(AXE));
      Assumptions.assumeTrue(there, "npm gave no axe-core " + AXE + "; it was not run");
    }
    return script;
  }

  private static boolean runs(Path folder, String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A ratio in one run: times of this machine mean nothing on another. */
  @Test
  void aLargePageIsSmallEnoughAndPaintsSoon() throws IOException {
    Path large = folder.resolve("large.html");
    Path empty = folder.resolve("empty.html");
    LargePage.of(10_000, 30).write(large);
    HtmlPage.titled("Empty").section("Nothing").write(empty);
    double[] ratios = new double[5];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = firstPaint(large) / firstPaint(empty);
    }
    Arrays.sort(ratios);
    System.out.printf(
        "page of 10,000 rows and 30 columns: %.2f MB; first paint %.2f x that of an empty page%n",
        Files.size(large) / 1e6, ratios[2]);
    assertThat(Files.size(large)).isLessThan(10_000_000);
    assertThat(ratios[2]).isLessThanOrEqualTo(5);
    browser.open(large.toUri().toString(), 1440, 900, false, true);
    double seconds =
        browser
            .evaluate(
                "(function () { var t = performance.now(); document.querySelector('#rows button').click();"
                    + " document.body.offsetHeight; return (performance.now() - t) / 1000; })()")
            .asDouble();
    System.out.printf("sorting and drawing took %.3f s%n", seconds);
    assertThat(browser.complaints()).isEmpty();
  }

  private static double firstPaint(Path page) {
    browser.open(page.toUri().toString(), 1440, 900, false, true);
    return browser
        .evaluate(
            "new Promise(r => { var n = 0; (function look() {"
                + " var e = performance.getEntriesByName('first-contentful-paint')[0];"
                + " if (e || n++ > 100) { r(e ? e.startTime : NaN); } else { setTimeout(look, 50); } })(); })")
        .asDouble();
  }

  @Test
  void thePolicyOfThePageRunsNoOtherScript() throws IOException {
    Path page = folder.resolve("other.html");
    String html = Files.readString(folder.resolve("attributions.html"), StandardCharsets.UTF_8);
    Files.writeString(
        page, html.replace("</main>", "<script>document.title = 'taken'</script></main>"));
    browser.open(page.toUri().toString(), 1440, 900, false, true);
    assertThat(browser.evaluate("document.title").asText()).isNotEqualTo("taken");
    assertThat(browser.evaluate("document.getElementById('rows').hidden").asBoolean()).isFalse();
  }
}
