package org.xgradient.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xgradient.report.Xml;
import org.xgradient.report.chart.drawing.Paint;
import org.xgradient.report.chart.drawing.Raster;

class ContributionChartTest {

  private static final String GAP = "not explained (approximation)";

  @ParameterizedTest
  @ValueSource(doubles = {1e-12, 1e-4, 0.01, 1, 37, 1e5, 1e12})
  void theNumbersShownAddUp(double factor) {
    SplittableRandom random = new SplittableRandom(7);
    for (int repetition = 0; repetition < 200; repetition++) {
      double start = factor * (random.nextDouble() - 0.5) * 20;
      List<Contribution> contributions = new ArrayList<>();
      double sum = 0;
      for (int i = 0; i < 25; i++) {
        double amount = factor * (random.nextDouble() - 0.5) * Math.exp(-0.3 * i);
        contributions.add(new Contribution("f" + i, amount));
        sum += amount;
      }
      Waterfall waterfall =
          Waterfall.of(ContributionChart.of("t", "log-odds", start, contributions, start + sum));

      assertAddsUp(waterfall);
      assertThat(waterfall.steps()).hasSize(11).noneMatch(s -> s.label().equals(GAP));
      assertThat(waterfall.steps().get(10).label()).isEqualTo("the other 15 features");
      assertStepsAreTrue(waterfall, contributions);
    }
  }

  /** Off by less than one unit of the last digit, and never of the wrong sign. */
  private static void assertStepsAreTrue(Waterfall waterfall, List<Contribution> contributions) {
    for (Waterfall.Step step : waterfall.steps().subList(0, 10)) {
      double exact =
          contributions.stream()
              .filter(c -> c.feature().equals(step.label()))
              .findFirst()
              .orElseThrow()
              .amount();
      double shown = step.amount().doubleValue() * Math.pow(10, waterfall.exponent());
      double unit = step.amount().ulp().doubleValue() * Math.pow(10, waterfall.exponent());
      assertThat(shown).isCloseTo(exact, within(unit * 1.0001));
      assertThat(shown * exact).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void whatIsNotExplainedHasAStepOfItsOwn() {
    Waterfall waterfall = Waterfall.of(chart(1, 0.5, -0.25).largest(5));
    assertThat(waterfall.steps()).hasSize(2);

    ContributionChart off =
        ContributionChart.of("t", "y", 1, chart(1, 0.5, -0.25).contributions(), 1.2);
    Waterfall withGap = Waterfall.of(off);

    assertThat(withGap.steps().get(2))
        .isEqualTo(new Waterfall.Step(GAP, new BigDecimal("-0.050"), false));
    assertAddsUp(withGap);
  }

  @Test
  void aGapBelowTheLastDigitIsNotShown() {
    Waterfall waterfall =
        Waterfall.of(
            ContributionChart.of("t", "y", 1, chart(1, 0.5, -0.25).contributions(), 1.2504));

    assertThat(waterfall.steps().stream().map(Waterfall.Step::label)).containsExactly("f0", "f1");
    assertAddsUp(waterfall);
  }

  @Test
  void aSingleFeatureTooManyIsShownByItsName() {
    Waterfall waterfall = Waterfall.of(chart(0, 4, 3, 2, 1).largest(3));

    assertThat(waterfall.steps().stream().map(Waterfall.Step::label))
        .containsExactly("f0", "f1", "f2", "f3");
    assertThat(Waterfall.of(chart(0, 5, 4, 3, 2, 1).largest(3)).steps().get(3).label())
        .isEqualTo("the other 2 features");
  }

  @Test
  void aDeadNetworkIsDrawnToo() {
    for (ContributionChart chart :
        List.of(chart(0, 0, 0), chart(0), chart(-3.5), chart(2, 0, 0, 0), chart(1e9, 1e-9))) {
      assertAddsUp(Waterfall.of(chart));
      Xml.draw(chart);
    }
  }

  @Test
  void eachBarStartsWhereTheOneBeforeEnded() {
    ContributionChart chart = chart(-1, 2, -0.5, 0.25).withLabels("average person", "this person");

    Document svg = Xml.draw(chart);

    Element first = bar(svg, "f0: +2.00");
    Element second = bar(svg, "f1: −0.50");
    Element third = bar(svg, "f2: +0.25");
    assertThat(right(second)).isCloseTo(right(first), within(0.02));
    assertThat(Xml.number(third, "x")).isCloseTo(Xml.number(second, "x"), within(0.02));
    assertThat(Xml.number(first, "width")).isCloseTo(4 * Xml.number(second, "width"), within(0.06));
    assertThat(first.getAttribute("fill"))
        .isEqualTo(third.getAttribute("fill"))
        .isNotEqualTo(second.getAttribute("fill"));
    assertThat(Xml.labels(svg)).contains("average person", "−1.00", "this person", "0.75");
  }

  @Test
  void tinyAndHugeNumbersShareAPowerOfTen() {
    assertThat(Xml.labels(Xml.draw(chart(0, 1.2e-9, -3.3e-10))))
        .contains("+1.20", "−0.33", "0.87", "log-odds (in units of 10⁻⁹)");
    assertThat(Xml.labels(Xml.draw(chart(0, 5e20)))).contains("log-odds (in units of 10¹⁸)");
  }

  @Test
  void longNamesStayInside() {
    Xml.draw(
        ContributionChart.of(
            "t".repeat(300),
            "o".repeat(300),
            0,
            List.of(new Contribution("<&> " + "f".repeat(300), 1)),
            1));
  }

  /** Fonts of machines differ in width from what the chart reckoned with. */
  @ParameterizedTest
  @ValueSource(strings = {"output at the baseline of all rows", "WWWWWWWWWWWWWWWWWWWW", "llllllll"})
  void pixelsStayInsideToo(String label) throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(chart(-1, 2, -0.5).withLabels(label, label).png(1)));
    int white = 0xFFFFFFFF;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < Raster.MARGIN - 2; x++) {
        assertThat(image.getRGB(x, y)).as("pixel %s, %s", x, y).isEqualTo(white);
      }
    }
  }

  @Test
  void aStepTooSmallForItsDigitsKeepsItsDirection() {
    Document svg = Xml.draw(chart(0, 3.2, -0.0001, 0.0001));

    assertThat(bar(svg, "f1").getAttribute("fill")).isEqualTo(Paint.NEGATIVE);
    assertThat(bar(svg, "f2").getAttribute("fill")).isEqualTo(Paint.POSITIVE);
  }

  @Test
  void saysWhatCannotBeDrawn() {
    assertThatThrownBy(() -> new Contribution("age", Double.NaN))
        .hasMessage("the contribution of 'age' must be finite, found NaN");
    assertThatThrownBy(() -> ContributionChart.of("t", "y", Double.NaN, List.of(), 1))
        .hasMessage("start and end of 't' must be finite, found NaN and 1.0");
    assertThatThrownBy(() -> chart(0, 1).largest(0))
        .hasMessage("the number of steps to show must be at least 1, found 0");
  }

  private static void assertAddsUp(Waterfall waterfall) {
    BigDecimal sum =
        waterfall.steps().stream()
            .map(Waterfall.Step::amount)
            .reduce(waterfall.start(), BigDecimal::add);
    assertThat(sum).isEqualByComparingTo(waterfall.end());
  }

  private static ContributionChart chart(double start, double... amounts) {
    List<Contribution> contributions = new ArrayList<>();
    double end = start;
    for (int i = 0; i < amounts.length; i++) {
      contributions.add(new Contribution("f" + i, amounts[i]));
      end += amounts[i];
    }
    return ContributionChart.of("t", "log-odds", start, contributions, end);
  }

  private static Element bar(Document svg, String tooltip) {
    return Xml.withTooltip(svg, "rect", tooltip).get(0);
  }

  private static double right(Element rectangle) {
    return Xml.number(rectangle, "x") + Xml.number(rectangle, "width");
  }
}
