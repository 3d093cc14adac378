package org.xgradient.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xgradient.report.Xml;

class LineChartTest {

  private static final double NAN = Double.NaN;

  /** Coordinates are written with two decimals. */
  private static final double ROUNDING = 0.02;

  private static final Axis X = Axis.linear("epoch");
  private static final Axis Y = Axis.linear("AUC");

  /** The legend names both, and both must be seen. */
  @Test
  void ofTwoEqualCurvesTheUpperHasGaps() {
    double[] x = {0, 1, 2};
    double[] y = {1, 3, 2};
    Series other = Series.of("c", x, new double[] {1, 3, 2.5});
    String equal =
        LineChart.of(
                "t",
                Axis.linear("x"),
                Axis.linear("y"),
                List.of(Series.of("a", x, y), Series.of("b", x, y)))
            .svg();
    String different =
        LineChart.of("t", Axis.linear("x"), Axis.linear("y"), List.of(Series.of("a", x, y), other))
            .svg();

    assertThat(equal).contains("stroke-dasharray=\"8 8\"");
    assertThat(different).doesNotContain("stroke-dasharray=\"8 8\"");
  }

  @Test
  void pointsAreWhereTheNumbersSay() {
    Document svg = Xml.draw(chart(series("a", 1, 2, 4)));

    double[][] points = Xml.points(Xml.all(svg, "polyline").get(0));

    assertThat(points[2][0] - points[1][0])
        .isCloseTo(points[1][0] - points[0][0], within(ROUNDING));
    assertThat(points[1][1] - points[2][1])
        .as("upwards, twice as far")
        .isPositive()
        .isCloseTo(2 * (points[0][1] - points[1][1]), within(2 * ROUNDING));
  }

  /** On a line of its own it would be drawn larger, and its letters too. */
  @Test
  void aSmallChartSaysSoToThePage() {
    assertThat(
            Xml.draw(chart(series("a", 1, 2)).small()).getDocumentElement().getAttribute("class"))
        .isEqualTo("chart small");
    assertThat(Xml.draw(chart(series("a", 1, 2))).getDocumentElement().getAttribute("class"))
        .isEqualTo("chart");
  }

  @Test
  void missingValuesLeaveAGapAndALonelyPointIsStillSeen() {
    Document svg = Xml.draw(chart(series("a", 1, 2, NAN, 3, NAN, 4, 5, 6)));

    assertThat(Xml.all(svg, "polyline").stream().map(e -> Xml.points(e).length))
        .containsExactly(2, 3);
    assertThat(Xml.withTooltip(svg, "circle", "a: ")).hasSize(6);
  }

  @Test
  void aLonelyPointAmongManyHasAMarker() {
    double[] y = IntStream.range(0, 100).mapToDouble(i -> i == 50 ? 1 : NAN).toArray();

    Document svg = Xml.draw(chart(series("a", y)));

    assertThat(Xml.withTooltip(svg, "circle", "a: 1 at 50")).hasSize(1);
    assertThat(Xml.all(svg, "polyline")).isEmpty();
  }

  @Test
  void bandsEncloseTheCurve() {
    Series series =
        series("a", 1, 2, 3).withBand(new double[] {0.5, 1.5, 2}, new double[] {1.5, 2.5, 4});

    Document svg = Xml.draw(chart(series));

    double[][] curve = Xml.points(Xml.all(svg, "polyline").get(0));
    double[][] band = Xml.points(Xml.all(svg, "polygon").get(0));
    assertThat(band).hasNumberOfRows(6);
    for (int i = 0; i < 3; i++) {
      assertThat(band[i][0]).isEqualTo(curve[i][0]);
      assertThat(band[i][1]).isLessThan(curve[i][1]);
      assertThat(band[5 - i][1]).isGreaterThan(curve[i][1]);
    }
    assertThat(Xml.withTooltip(svg, "circle", "a: 1.00 ± 0.50 at 0")).hasSize(1);
  }

  @Test
  void theLegendIsAboveTheData() {
    LineChart chart =
        LineChart.of(
            "many",
            X,
            Y,
            IntStream.range(0, 12)
                .mapToObj(i -> series("a rather long name of a series " + i, 1 + i, 5, 9 - i))
                .toList());

    Document svg = Xml.draw(chart.withReference("published", 20));

    double highest =
        Xml.all(svg, "polyline").stream()
            .flatMapToDouble(e -> List.of(Xml.points(e)).stream().mapToDouble(p -> p[1]))
            .min()
            .orElseThrow();
    double lowest = Xml.number(Xml.textWith(svg, "published"), "y");
    assertThat(lowest).isLessThan(highest);
    assertThat(Xml.labels(svg)).contains("a rather long name of a series 11");
  }

  @Test
  void referencesAreDashedAndInTheRange() {
    Document svg = Xml.draw(chart(series("a", 1, 2)).withReference("published", 5));

    List<Element> dashed =
        Xml.all(svg, "line").stream()
            .filter(l -> l.hasAttribute("stroke-dasharray"))
            .filter(l -> Xml.number(l, "x2") - Xml.number(l, "x1") > 300)
            .toList();
    assertThat(dashed).hasSize(1);
    double highest = Xml.points(Xml.all(svg, "polyline").get(0))[1][1];
    assertThat(Xml.number(dashed.get(0), "y1")).isLessThan(highest);
  }

  @Test
  void afterEightSeriesTheDashesTellThemApart() {
    List<Series> many = IntStream.range(0, 16).mapToObj(i -> series("s" + i, i, i + 1)).toList();

    Document svg = Xml.draw(LineChart.of("many", X, Y, many));

    assertThat(
            Xml.all(svg, "polyline").stream()
                .map(e -> e.getAttribute("stroke") + e.getAttribute("stroke-dasharray")))
        .doesNotHaveDuplicates()
        .hasSize(16);
  }

  @Test
  void drawsWhateverTheSize() {
    for (double factor : new double[] {1e-300, 1e-9, 1, 1e9, 1e300}) {
      Xml.draw(chart(series("a", -factor, 0, 3 * factor)));
      Xml.draw(chart(series("a", factor, factor)));
      Xml.draw(chart(series("a", factor)).small());
    }
    Xml.draw(
        LineChart.of(
            "log",
            Axis.logarithmic("n"),
            Axis.logarithmic("e"),
            List.of(Series.of("a", new double[] {1, 256}, new double[] {1e-12, 1e3}))));
  }

  @Test
  void longAndHostileTextsStayInside() {
    String text = "<x> & \"y\" " + "very long ".repeat(40);

    Document svg =
        Xml.draw(
            LineChart.of(
                text,
                Axis.linear(text),
                Axis.linear(text),
                List.of(
                    new Series(
                        text,
                        series("", 1).x(),
                        series("", 1).y(),
                        series("", 1).low(),
                        series("", 1).high(),
                        0,
                        true))));

    assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo(text);
    assertThat(Xml.all(svg, "text").stream().filter(t -> t.getTextContent().contains(text)))
        .as("the whole text is in the tooltips")
        .hasSize(4);
  }

  @Test
  void canBeReadWithoutBeingSeen() {
    Document svg = Xml.draw(chart(series("XG", 0.5, NAN, 0.8, 0.7)));

    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(Xml.all(svg, "desc").get(0).getTextContent())
        .isEqualTo("AUC over epoch. XG: first 0.5000, last 0.7000, lowest 0.5000, highest 0.8000.");
  }

  @Test
  void saysWhatCannotBeDrawn() {
    assertThatThrownBy(() -> LineChart.of("t", X, Y, List.of()))
        .hasMessage("line chart 't' must have a series, found none");
    assertThatThrownBy(() -> series("a")).hasMessage("series 'a' must have a point, found none");
    assertThatThrownBy(() -> series("a", NAN, NAN))
        .hasMessage("series 'a' must have a known value, found only NaN");
    assertThatThrownBy(() -> Series.of("a", new double[2], new double[3]))
        .hasMessage("series 'a' must have one y for each x, found 3 and 2");
    assertThatThrownBy(() -> series("a", Double.NEGATIVE_INFINITY))
        .hasMessageStartingWith("series 'a' must be finite or NaN, found");
    assertThatThrownBy(() -> Series.of("a", new double[] {NAN}, new double[1]))
        .hasMessageStartingWith("x of series 'a' must be finite");
    assertThatThrownBy(() -> series("a", 1, 2).withBand(new double[2], new double[1]))
        .hasMessage("the band of series 'a' must have 2 places, found 1");
  }

  private static LineChart chart(Series... series) {
    return LineChart.of("learning", X, Y, List.of(series));
  }

  private static Series series(String name, double... y) {
    return Series.of(name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
  }
}
