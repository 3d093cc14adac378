package org.xgradient.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.report.chart.drawing.TextStyle;

class AxisScaleTest {

  private static final double EPS = 1e-9;

  @Test
  void includedEndsAreTheEndsOfTheLine() {
    AxisScale scale = scale(Axis.linear("x").including(0, 1), 0.3);

    assertThat(scale.position(0)).isCloseTo(100, within(EPS));
    assertThat(scale.position(1)).isCloseTo(500, within(EPS));
    assertThat(scale.position(0.25)).isCloseTo(200, within(EPS));
  }

  @Test
  void equalRatiosTakeEqualLengthsOnALogarithmicAxis() {
    AxisScale scale = scale(Axis.logarithmic("x"), 1, 256);

    double length = scale.position(2) - scale.position(1);
    assertThat(scale.position(256) - scale.position(128)).isCloseTo(length, within(EPS));
    assertThat(length).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0", "5", "-3", "1e300", "1e-300", "1.5e9"})
  void aSingleValueIsInTheMiddle(double value) {
    AxisScale scale = scale(Axis.linear("x"), value, value);

    assertThat(scale.position(value)).isCloseTo(300, within(1e-6));
    assertThat(scale.verticalTicks()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, '0,0.2,0.4,0.6,0.8,1.0'",
    "0.761, 0.79, '0.765,0.770,0.775,0.780,0.785,0.790'",
    "-2e6, 1e6, '−2.0M,−1.5M,−1.0M,−0.5M,0,0.5M,1.0M'",
    "0, 1e-5, '0,2·10⁻⁶,4·10⁻⁶,6·10⁻⁶,8·10⁻⁶,10·10⁻⁶'",
    "0, 50000, '0,10k,20k,30k,40k,50k'",
    "1e30, 3e30, '1.0·10³⁰,1.5·10³⁰,2.0·10³⁰,2.5·10³⁰,3.0·10³⁰'"
  })
  void ticksAreRoundNumbers(double low, double high, String labels) {
    ImmutableList<Tick> ticks =
        scale(Axis.linear("x").including(low, high), low).horizontalTicks(TextStyle.NOTE);

    assertThat(ticks.stream().map(Tick::label))
        .containsExactlyElementsOf(Splitter.on(',').split(labels));
    assertThat(ticks.get(0).position()).isGreaterThanOrEqualTo(100 - EPS);
    assertThat(ticks.get(ticks.size() - 1).position()).isLessThanOrEqualTo(500 + EPS);
  }

  @Test
  void labelsSideBySideNeverTouch() {
    for (double high : new double[] {1, 13.7, 999, 1234567, 1e-7, 3e12}) {
      ImmutableList<Tick> ticks =
          scale(Axis.linear("x"), -high, high).horizontalTicks(TextStyle.NOTE);
      for (int i = 1; i < ticks.size(); i++) {
        double room = ticks.get(i).position() - ticks.get(i - 1).position();
        double needed =
            0.5
                * TextStyle.NOTE.size()
                * (ticks.get(i).label().length() + ticks.get(i - 1).label().length())
                / 2;
        assertThat(room).as("%s", ticks).isGreaterThan(needed);
      }
    }
  }

  @Test
  void crowdedChosenTicksKeepTheirMarksAndLoseLabels() {
    double[] chosen = DoubleStream.iterate(1, v -> v + 1).limit(200).toArray();

    ImmutableList<Tick> ticks =
        scale(Axis.linear("x").withTicks(chosen), 1, 200).horizontalTicks(TextStyle.NOTE);

    assertThat(ticks).hasSize(200);
    assertThat(ticks.stream().filter(t -> !t.label().isEmpty()).count()).isBetween(5L, 20L);
  }

  @Test
  void decadesAreMarkedOnALongLogarithmicAxis() {
    ImmutableList<Tick> ticks = scale(Axis.logarithmic("x"), 1e-8, 1e-2).verticalTicks();

    assertThat(ticks.stream().map(Tick::label)).contains("10⁻⁸", "10⁻⁶", "10⁻²");
  }

  @Test
  void valuesBetweenDecadesAreMarkedOnAShortLogarithmicAxis() {
    ImmutableList<Tick> ticks = scale(Axis.logarithmic("x"), 1, 100).verticalTicks();

    assertThat(ticks.stream().map(Tick::label))
        .containsExactly("1", "2", "5", "10", "20", "50", "100");
  }

  @Test
  void saysWhatCannotBeShown() {
    assertThatThrownBy(() -> scale(Axis.logarithmic("steps"), 1, 0))
        .hasMessage("values on the logarithmic axis 'steps' must be above 0, found 0.0");
    assertThatThrownBy(() -> scale(Axis.linear("AUC"), Double.POSITIVE_INFINITY))
        .hasMessage("values on the axis 'AUC' must be finite, found Infinity");
    assertThatThrownBy(() -> scale(Axis.linear("AUC"), Double.NaN))
        .hasMessage("axis 'AUC' must have a value to show, found none");
    assertThatThrownBy(() -> Axis.linear("AUC").including(Double.NaN))
        .hasMessage("included values must be finite, found NaN");
  }

  private static AxisScale scale(Axis axis, double... values) {
    return AxisScale.of(axis, DoubleStream.of(values), 100, 500);
  }
}
