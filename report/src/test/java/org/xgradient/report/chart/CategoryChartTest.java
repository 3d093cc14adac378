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
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;

class CategoryChartTest {

  /** Coordinates are written with two decimals. */
  private static final double ROUNDING = 0.02;

  private static final Axis AXIS = Axis.linear("mean |attribution|");

  @Test
  void barsAreAsLongAsTheNumbersAreLarge() {
    Document svg =
        Xml.draw(
            BarChart.of("t", AXIS, List.of(bar("a", 3), bar("b", 1), bar("c", -2), bar("d", 0))));

    double unit = Xml.number(rectangle(svg, "b"), "width");
    assertThat(Xml.number(rectangle(svg, "a"), "width")).isCloseTo(3 * unit, within(3 * ROUNDING));
    assertThat(Xml.number(rectangle(svg, "c"), "width")).isCloseTo(2 * unit, within(3 * ROUNDING));
    assertThat(Xml.number(rectangle(svg, "d"), "width")).isZero();
    assertThat(Xml.number(rectangle(svg, "a"), "x"))
        .isCloseTo(right(rectangle(svg, "c")), within(ROUNDING));
  }

  @Test
  void whiskersReachOneErrorToEitherSide() {
    Document svg =
        Xml.draw(BarChart.of("t", AXIS, List.of(Category.of("a", Estimate.withError(4, 1)))));

    Element bar = rectangle(svg, "a");
    double unit = Xml.number(bar, "width") / 4;
    double middle = Xml.number(bar, "y") + Xml.number(bar, "height") / 2;
    Element whisker =
        Xml.all(svg, "line").stream()
            .filter(l -> Math.abs(Xml.number(l, "y1") - middle) < ROUNDING)
            .filter(l -> l.getAttribute("y1").equals(l.getAttribute("y2")))
            .findFirst()
            .orElseThrow();
    assertThat(Xml.number(whisker, "x1")).isCloseTo(right(bar) - unit, within(ROUNDING * 2));
    assertThat(Xml.number(whisker, "x2")).isCloseTo(right(bar) + unit, within(ROUNDING * 2));
    assertThat(Xml.labels(svg)).contains("4.0 ± 1.0");
  }

  @Test
  void keepsTheLargestAndSaysHowManyAreLeftOut() {
    List<Category> rows =
        IntStream.range(0, 30).mapToObj(i -> bar("f" + i, i % 2 == 0 ? i : -i)).toList();

    BarChart chart = BarChart.of("t", AXIS, rows).largest(3);

    assertThat(chart.categories().stream().map(Category::label))
        .containsExactly("f29", "f28", "f27");
    assertThat(Xml.labels(Xml.draw(chart))).contains("27 smaller ones are not shown");
    assertThat(Xml.labels(Xml.draw(BarChart.of("t", AXIS, rows).largest(99))))
        .noneMatch(l -> l.contains("not shown"));
  }

  @Test
  void rowsWithoutAValueComeLast() {
    BarChart chart =
        BarChart.of(
                "t",
                AXIS,
                List.of(Category.of("?", Estimate.missing()), bar("zero", 0), bar("a", 1)))
            .largest(3);

    assertThat(chart.categories().stream().map(Category::label)).containsExactly("a", "zero", "?");
    assertThat(Xml.labels(Xml.draw(chart))).contains(Numbers.MISSING);
  }

  @Test
  void groupedBarsHaveALegendAndAColourEach() {
    Document svg =
        Xml.draw(
            BarChart.grouped(
                "t",
                AXIS,
                List.of("here", "there"),
                List.of(Category.of("a", Estimate.exact(1), Estimate.exact(2)))));

    Element here = rectangle(svg, "a, here");
    Element there = rectangle(svg, "a, there");
    assertThat(here.getAttribute("fill")).isNotEqualTo(there.getAttribute("fill"));
    assertThat(Xml.number(here, "y") + Xml.number(here, "height"))
        .as("bars do not overlap")
        .isLessThanOrEqualTo(Xml.number(there, "y"));
    assertThat(Xml.labels(svg)).contains("here", "there", "a");
  }

  @Test
  void longLabelsAreCutAndKeptInATooltip() {
    String label = "a feature whose name goes on and on ".repeat(5);

    Document svg = Xml.draw(BarChart.of("t", AXIS, List.of(bar(label, 1), bar("b", 2))));

    assertThat(Xml.labels(svg)).anyMatch(l -> l.startsWith("a feature") && l.endsWith("…"));
    assertThat(Xml.all(svg, "text").stream().anyMatch(t -> t.getTextContent().contains(label)))
        .isTrue();
  }

  @Test
  void pointsNeedNotStartAtZero() {
    Document svg =
        Xml.draw(
            PointChart.grouped(
                "t",
                AXIS,
                List.of("here", "published"),
                List.of(
                    Category.of("XG", Estimate.withError(0.79, 0.002), Estimate.exact(0.789)),
                    Category.of("EG", Estimate.within(0.78, 0.775, 0.79), Estimate.missing()))));

    Element here = Xml.withTooltip(svg, "circle", "XG, here").get(0);
    Element published = rectangle(svg, "XG, published");
    double distance =
        Xml.number(here, "cx") - Xml.number(published, "x") - Xml.number(published, "width") / 2;
    double unit =
        Xml.number(here, "cx")
            - Xml.number(Xml.withTooltip(svg, "circle", "EG, here").get(0), "cx");
    assertThat(distance).isCloseTo(unit / 10, within(ROUNDING));
    assertThat(published.getAttribute("fill")).isEqualTo("none");
    assertThat(Xml.labels(svg)).contains("0.7800 (0.7750 to 0.7900)").doesNotContain("0");
  }

  @Test
  void drawsWhateverTheSize() {
    for (double factor : new double[] {0, 1e-300, 1e-9, 1, 1e9, 1e300}) {
      List<Category> rows = List.of(bar("a", factor), bar("b", factor), bar("c", -factor));
      Xml.draw(BarChart.of("t", AXIS, rows));
      Xml.draw(PointChart.of("t", AXIS, rows));
    }
  }

  @Test
  void onAPhoneNamesAndNumbersStandAboveTheirBars() {
    String name = "how long they have lived there";
    BarChart chart =
        BarChart.of(
            "How far each column moves the decision",
            AXIS,
            List.of(Category.of(name, Estimate.withError(1, 0.01)), bar("b", 0.5)));

    Document svg = Xml.parse(chart.svg(Chart.NARROW));

    Element label = Xml.textWith(svg, name);
    Element bar = rectangle(svg, name);
    Element number = Xml.textWith(svg, "1.000 ± 0.010");
    assertThat(Xml.number(label, "x")).isBetween(0.0, 0.1 * Chart.NARROW);
    assertThat(Xml.number(label, "y")).isLessThan(Xml.number(bar, "y"));
    assertThat(Xml.number(number, "y")).isEqualTo(Xml.number(label, "y"));
    assertThat(Xml.number(bar, "width")).isGreaterThan(0.8 * Chart.NARROW);
    assertThatThrownBy(() -> chart.svg(100))
        .hasMessage("the width of a chart must be at least 360.0, found 100.0");
  }

  @Test
  void saysWhatCannotBeDrawn() {
    assertThatThrownBy(() -> BarChart.of("t", AXIS, List.of()))
        .hasMessage("chart 't' must have a row, found none");
    assertThatThrownBy(() -> PointChart.grouped("t", AXIS, List.of("x", "y"), List.of(bar("a", 1))))
        .hasMessage("row 'a' of chart 't' must have 2 estimates, one for each series, found 1");
    assertThatThrownBy(() -> BarChart.of("t", Axis.logarithmic("x"), List.of(bar("a", 1))))
        .hasMessageContaining("must be linear, because bars start at 0");
    assertThatThrownBy(() -> Estimate.withError(1, -1))
        .hasMessage("a standard error must be at least 0, found -1.0");
    assertThatThrownBy(() -> Estimate.within(5, 1, 2))
        .hasMessage("the value must be in its interval, found 5.0 in [1.0, 2.0]");
    assertThatThrownBy(() -> BarChart.of("t", AXIS, List.of(bar("a", 1))).largest(0))
        .hasMessage("the number of rows to keep must be at least 1, found 0");
  }

  private static Category bar(String label, double value) {
    return Category.of(label, Estimate.exact(value));
  }

  private static Element rectangle(Document svg, String tooltip) {
    return Xml.withTooltip(svg, "rect", tooltip).get(0);
  }

  private static double right(Element rectangle) {
    return Xml.number(rectangle, "x") + Xml.number(rectangle, "width");
  }
}
