package org.xgradient.report.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.json.Json;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.Xml;
import org.xgradient.report.chart.Contribution;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.text.Numbers;

class ScriptsTest {

  @Test
  void numbersAreWrittenAsElsewhere() {
    try (Scripts scripts = new Scripts("numbers.js")) {
      DataRandom random = new DataRandom(1);
      List<Double> values =
          new ArrayList<>(
              List.of(
                  0.0, 1.0, -1.0, 0.5, 1e-5, 123456.0, 999999.5, 1234567.0, 0.09999, 2.5, 12.0));
      for (int i = 0; i < 200; i++) {
        values.add(random.nextGaussian() * Math.pow(10, random.nextInt(14) - 7));
      }
      for (double value : values) {
        for (int digits = 1; digits <= 4; digits++) {
          String expected = Numbers.significant(value, digits).replace('-', '−');
          assertThat(scripts.show("xg.significant(%s, %s)".formatted(value, digits)))
              .as("%s with %s digits", value, digits)
              .isEqualTo(expected);
        }
      }
      assertThat(scripts.show("xg.significant(NaN, 3)")).isEqualTo("n/a");
      assertThat(scripts.show("xg.percent(0.1234)")).isEqualTo(Numbers.percent(0.1234));
      assertThat(scripts.show("xg.count(1234567)")).isEqualTo("1,234,567");
      assertThat(scripts.show("xg.date(xg.days('2024-02-29'))")).isEqualTo("2024-02-29");
      assertThat(scripts.show("xg.date(-1)")).isEqualTo("1969-12-31");
    }
  }

  @Test
  void arraysArriveAsTheyWereSent() {
    try (Scripts scripts = new Scripts("numbers.js")) {
      double[] doubles = {0, -1.5, Math.PI, 1e300, 4.9e-324, 123456789.125};
      float[] floats = {0, -1.5f, 0.1f, 3.4e38f, Float.MIN_VALUE};
      double[] decimals = {0, 0.1, -2.35, 123456, 1e-7, 33.3333};
      int[] places = {0, 5, 255, 65535};

      assertThat(read(scripts, PackedArray.of(doubles))).containsExactly(doubles);
      assertThat(read(scripts, PackedArray.of(floats)))
          .containsExactly(Doubles.toArray(Floats.asList(floats)));
      assertThat(PackedArray.ofCells(decimals).type()).isEqualTo("d32");
      assertThat(read(scripts, PackedArray.ofCells(decimals))).containsExactly(decimals);
      assertThat(PackedArray.ofCells(16777217).type()).isEqualTo("f64");
      assertThat(PackedArray.ofCells(1e300).type()).isEqualTo("f64");
      assertThat(read(scripts, PackedArray.ofPlaces(65535, places)))
          .containsExactly(Arrays.stream(places).asDoubleStream().toArray());
      assertThat(read(scripts, PackedArray.ofPlaces(255, 0, 5, 255))).containsExactly(0, 5, 255);
      scripts.with("packed", Json.line(PackedArray.ofCells(Double.NaN, 1)));
      assertThat(scripts.show("String(xg.array(packed)[0])")).isEqualTo("NaN");
    }
  }

  private static double[] read(Scripts scripts, PackedArray packed) {
    scripts.with("packed", Json.line(packed));
    String values = scripts.show("Array.prototype.join.call(xg.array(packed), ' ')");
    return Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /** The chart that is drawn without a script says the same, to the letter. */
  @Test
  void waterfallsAddUpLikeTheChartsOfThePaper() {
    DataRandom random = new DataRandom(2);
    try (Scripts scripts = new Scripts("numbers.js", "waterfall.js")) {
      for (int trial = 0; trial < 60; trial++) {
        double scale = Math.pow(10, random.nextInt(12) - 5);
        int count = 1 + random.nextInt(14);
        double start = trial % 3 == 0 ? 0 : random.nextGaussian() * scale;
        List<Contribution> contributions = new ArrayList<>();
        double end = start;
        for (int i = 0; i < count; i++) {
          // Quarters of the scale are halves of the last digit, too.
          double amount =
              trial % 2 == 0 ? random.nextGaussian() * scale : (random.nextInt(9) - 4) / 8.0;
          contributions.add(new Contribution("c" + i, amount));
          end += amount;
        }
        end += trial % 5 == 0 ? 0.1 * scale : 1e-9 * scale;
        ContributionChart chart = ContributionChart.of("t", "out", start, contributions, end);

        scripts.with(
            "steps",
            Json.line(
                contributions.stream()
                    .map(c -> ImmutableMap.of("label", c.feature(), "amount", c.amount()))
                    .toList()));
        scripts.show("var w = xg.waterfall(%s, steps, %s, 10); 0".formatted(start, end));

        Document svg = Xml.parse(chart.svg());
        String described = Xml.all(svg, "desc").get(0).getTextContent();
        String steps =
            scripts.show("w.steps.map(function (s) { return s.label + ' ' + s.text; }).join('; ')");
        assertThat(described)
            .as("trial %s", trial)
            .contains(
                "output at the baseline %s; %s; output for this row %s."
                    .formatted(scripts.show("w.start"), steps, scripts.show("w.end")));
      }
    }
  }

  @Test
  void aDenseNetworkIsComputedInThePage() {
    DataRandom random = new DataRandom(3);
    DenseNetwork network =
        new DenseNetwork(
            ImmutableList.of(
                layer(random, 4, 6, true), layer(random, 6, 5, true), layer(random, 5, 2, true)));
    FloatArray features = normal(random, 8, 4);
    FloatArray outputs = network.outputs(features);
    try (Scripts scripts = new Scripts("numbers.js", "network.js")) {
      scripts.with("packed", Json.line(network(network, new double[] {1}, new double[] {1})));
      scripts.show("var network = xg.network(packed); 0");
      for (int row = 0; row < features.rows(); row++) {
        String at =
            "new Float32Array(%s)".formatted(Json.line(features.rows(row, row + 1).values()));
        for (int output = 0; output < 2; output++) {
          assertThat(scripts.number("network.outputs(%s)[%s]".formatted(at, output)))
              .isCloseTo(outputs.values()[2 * row + output], within(1e-6));
        }
        // x_i ∂F/∂x_i by central differences; outputs are rounded to 2^-24, so that a difference
        // over 0.002 is off by up to 6e-5.
        for (int feature = 0; feature < 4; feature++) {
          double slope = slope(network, features.rows(row, row + 1).values(), feature, 1);
          double expected = features.values()[4 * row + feature] * slope;
          assertThat(
                  scripts.number(
                      "network.contributions(%s, new Float32Array([0, 1]))[%s]"
                          .formatted(at, feature)))
              .isCloseTo(expected, within(1e-4));
        }
      }
    }
  }

  /** With the nodes of a quadrature it is Integrated Gradients, which add up. */
  @Test
  void contributionsAlongThePathAddUp() {
    DataRandom random = new DataRandom(4);
    DenseNetwork network =
        new DenseNetwork(ImmutableList.of(layer(random, 3, 8, true), layer(random, 8, 1, true)));
    int steps = 2000;
    double[] nodes = IntStream.range(0, steps).mapToDouble(i -> (i + 0.5) / steps).toArray();
    double[] weights = new double[steps];
    Arrays.fill(weights, 1.0 / steps);
    try (Scripts scripts = new Scripts("numbers.js", "network.js")) {
      scripts.with("packed", Json.line(network(network, nodes, weights)));
      scripts.show(
          "var network = xg.network(packed); var x = new Float32Array([0.7, -1.3, 2.1]);"
              + " var c = network.contributions(x, new Float32Array([1]));"
              + " var zero = new Float32Array(3); 0");
      assertThat(scripts.number("c[0] + c[1] + c[2]"))
          .isCloseTo(
              scripts.number("network.outputs(x)[0] - network.outputs(zero)[0]"), within(2e-3));
    }
  }

  @Test
  void rowsAreSearchedFilteredAndSorted() {
    try (Scripts scripts = new Scripts("numbers.js", "rows.js")) {
      scripts.with("packed", data(rows())).show("var store = xg.rows(packed); 0");

      assertThat(scripts.json("store.select({})")).isEqualTo("[0,1,2,3]");
      assertThat(scripts.json("store.select({search: 'RED'})")).isEqualTo("[0,2]");
      assertThat(scripts.json("store.select({search: '-3.5'})")).isEqualTo("[3]");
      assertThat(scripts.json("store.select({search: 'ann'})")).isEqualTo("[1]");
      assertThat(scripts.json("store.select({sort: 'value:0', descending: true})"))
          .as("missing values come last")
          .isEqualTo("[2,0,3,1]");
      assertThat(scripts.json("store.select({sort: 'contribution:1'})")).isEqualTo("[3,1,0,2]");
      assertThat(scripts.json("store.select({filters: [{key: 'value:0', low: -4, high: 1.25}]})"))
          .isEqualTo("[0,3]");
      assertThat(scripts.json("store.select({filters: [{key: 'value:1', level: 0}]})"))
          .isEqualTo("[0,2]");
      assertThat(scripts.json("store.select({filters: [{key: 'value:1', level: -1}]})"))
          .isEqualTo("[3]");
      assertThat(scripts.json("store.select({filters: [{key: 'class', level: 1}]})"))
          .isEqualTo("[2,3]");
      assertThat(scripts.json("store.select({sort: 'output', descending: true})"))
          .isEqualTo("[3,2,1,0]");
      assertThat(scripts.json("store.reasons(2, 1)")).isEqualTo("[1]");
      assertThat(scripts.json("store.similar(0, 2).map(function (s) { return s.row; })"))
          .isEqualTo("[2,1]");
      assertThat(scripts.show("store.text(0, 1)")).isEqualTo("missing");
      assertThat(scripts.show("store.text(0, 3)")).isEqualTo("−3.5");
      assertThat(scripts.show("store.text(1, 3)")).isEqualTo("missing");
    }
  }

  @Test
  void picturesAndTextsAreSearchedAndSorted() {
    try (Scripts scripts = new Scripts("../order.js")) {
      scripts.show("var texts = ['Cat one', 'dog', 'cat two']; var values = [0.2, null, 0.1]; 0");
      assertThat(scripts.json("xg.order(texts, null, {search: ' CAT', descending: false})"))
          .isEqualTo("[0,2]");
      assertThat(scripts.json("xg.order(texts, values, {search: '', descending: false})"))
          .isEqualTo("[2,0,1]");
      assertThat(scripts.json("xg.order(texts, values, {search: '', descending: true})"))
          .isEqualTo("[0,2,1]");
    }
  }

  /** Vermilion at half strength, white, and black: over white they are what they were. */
  @Test
  void mapsLoseTheirPaperAndNothingElse() {
    try (Scripts scripts = new Scripts("../paper.js")) {
      scripts.show("var p = [234, 174.5, 127.5, 255, 255, 255, 255, 255, 0, 0, 0, 255]; 0");
      assertThat(scripts.json("(xg.withoutPaper(p), p.map(Math.round))"))
          .isEqualTo("[213,94,0,128,255,255,255,0,0,0,0,255]");
    }
  }

  @Test
  void textsOfTheDataArriveAsTextsWithNothingHidden() {
    String nasty = "</script><img src=x onerror=alert(1)>\u202e";
    AttributedRows rows =
        new AttributedRows(
            nasty,
            ImmutableList.of(CategoricalColumn.of(nasty, List.of(nasty), 0)),
            FloatArray.of(new float[] {1}, 1, 1),
            FloatArray.of(new float[] {1}, 1),
            Optional.of(FloatArray.of(new float[] {0}, 1)));
    RowTable table =
        new RowTable(
            rows,
            ImmutableLongArray.of(1),
            ImmutableMap.of(nasty, ImmutableList.of(nasty)),
            ImmutableList.of(nasty),
            Optional.of(ImmutableIntArray.of(0)),
            Optional.of(ImmutableDoubleArray.of(0.5)));
    HtmlPage page = HtmlPage.titled("t").section("s");
    RowExplorer.addTo(page, table, new WhatIf.Unavailable("not here"));
    String html = page.html();

    assertThat(html).doesNotContain("<img").doesNotContain("\u202e");
    Xml.parse(html);
    try (Scripts scripts = new Scripts("numbers.js", "rows.js")) {
      scripts.with("packed", data(table)).show("var store = xg.rows(packed); 0");
      assertThat(scripts.show("store.text(0, 0)"))
          .isEqualTo("</script><img src=x onerror=alert(1)>\\u{202e}");
    }
  }

  private static RowTable rows() {
    AttributedRows rows =
        new AttributedRows(
            "log-odds of b",
            ImmutableList.of(
                NumericColumn.of("size", 1.25, Double.NaN, 2, -3.5),
                CategoricalColumn.of("colour", List.of("red", "blue"), 0, 1, 0, -1)),
            FloatArray.of(new float[] {1, 0, 0, -1, 0.5f, 3, 1, -2}, 4, 2),
            FloatArray.of(new float[] {1, 2, 3, 4}, 4),
            Optional.of(FloatArray.of(new float[] {0, 3, -0.5f, 5}, 4)));
    return new RowTable(
        rows,
        ImmutableLongArray.of(1, 2, 3, 4),
        ImmutableMap.of("name", ImmutableList.of("Bob", "Ann", "Eve", "Zoe")),
        ImmutableList.of("a", "b"),
        Optional.of(ImmutableIntArray.of(0, 0, 1, 1)),
        Optional.of(ImmutableDoubleArray.of(0.1, 0.2, 0.3, 0.4)));
  }

  /** What the page holds for its scripts. */
  static String data(RowTable table) {
    HtmlPage page = HtmlPage.titled("t").section("s");
    RowExplorer.addTo(page, table, new WhatIf.Unavailable("not here"));
    Matcher data =
        Pattern.compile("<script type=\"application/json\" id=\"rows-data\">(.*?)</script>")
            .matcher(page.html());
    assertThat(data.find()).isTrue();
    return data.group(1);
  }

  private static ImmutableMap<String, Object> network(
      DenseNetwork network, double[] nodes, double[] weights) {
    return ImmutableMap.of(
        "layers",
        network.layers().stream()
            .map(
                layer ->
                    ImmutableMap.of(
                        "inputs", layer.inputs(),
                        "outputs", layer.outputs(),
                        "weights", PackedArray.of(layer.weights().values()),
                        "biases", PackedArray.of(layer.biases().orElseThrow().values())))
            .toList(),
        "nodes",
        nodes,
        "weights",
        weights);
  }

  private static double slope(DenseNetwork network, float[] at, int feature, int output) {
    double step = 1e-3;
    float[] above = at.clone();
    float[] below = at.clone();
    above[feature] += (float) step;
    below[feature] -= (float) step;
    int width = at.length;
    double difference =
        network.outputs(FloatArray.of(above, 1, width)).values()[output]
            - network.outputs(FloatArray.of(below, 1, width)).values()[output];
    return difference / ((double) above[feature] - below[feature]);
  }

  private static DenseLayer layer(DataRandom random, int inputs, int outputs, boolean bias) {
    return new DenseLayer(
        normal(random, inputs, outputs),
        bias
            ? Optional.of(FloatArray.of(normal(random, 1, outputs).values(), outputs))
            : Optional.empty());
  }

  private static FloatArray normal(DataRandom random, int rows, int columns) {
    FloatArray out = FloatArray.zeros(rows, columns);
    for (int i = 0; i < out.size(); i++) {
      out.values()[i] = (float) (0.5 * random.nextGaussian());
    }
    return out;
  }
}
