package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.xgradient.report.chart.drawing.TextStyle;
import org.xgradient.report.text.TickLabels;

/** Puts the values of an axis on a line of the drawing. */
final class AxisScale {

  private static final double PADDING = 0.04;
  private static final double LABEL_GAP = 14;

  private final Axis axis;
  private final double low;
  private final double high;
  private final double from;
  private final double to;

  private AxisScale(Axis axis, double low, double high, double from, double to) {
    this.axis = axis;
    this.low = low;
    this.high = high;
    this.from = from;
    this.to = to;
  }

  /**
   * A scale for some values.
   *
   * @param axis the axis
   * @param values the values that must have a place; NaN is ignored
   * @param from the place of the low end
   * @param to the place of the high end
   * @throws IllegalArgumentException if there is no value, or one is infinite, or one is not above
   *     0 on a logarithmic axis
   */
  static AxisScale of(Axis axis, DoubleStream values, double from, double to) {
    double[] known =
        DoubleStream.concat(values.filter(v -> !Double.isNaN(v)), axis.included().stream())
            .peek(v -> check(axis, v))
            .map(v -> axis.logarithmic() ? Math.log10(v) : v)
            .toArray();
    checkArgument(
        known.length > 0, "axis '%s' must have a value to show, found none", axis.label());
    double min = DoubleStream.of(known).min().getAsDouble();
    double max = DoubleStream.of(known).max().getAsDouble();
    double range = max - min;
    if (range <= 1e-12 * Math.max(Math.abs(min), Math.abs(max)) || range == 0) {
      double around = axis.logarithmic() ? Math.log10(2) : widthAround(max);
      return new AxisScale(axis, min - around, max + around, from, to);
    }
    double padding = PADDING * range;
    return new AxisScale(
        axis,
        isIncluded(axis, min) ? min : min - padding,
        isIncluded(axis, max) ? max : max + padding,
        from,
        to);
  }

  /** {@return where a value is drawn} */
  double position(double value) {
    double place = axis.logarithmic() ? Math.log10(value) : value;
    return from + (to - from) * ((place - low) / (high - low));
  }

  /** {@return marks for an axis whose labels stand side by side} */
  ImmutableList<Tick> horizontalTicks(TextStyle style) {
    double length = Math.abs(to - from);
    ImmutableList<Tick> ticks = ImmutableList.of();
    for (int count = Math.max(2, (int) (length / 60)); count >= 2; count--) {
      ticks = ticks(count);
      if (!overlap(ticks, style)) {
        return ticks;
      }
    }
    return thinned(ticks, style);
  }

  /** {@return marks for an axis whose labels stand one above the other} */
  ImmutableList<Tick> verticalTicks() {
    return ticks(Math.max(2, (int) (Math.abs(to - from) / 45)));
  }

  private ImmutableList<Tick> ticks(int count) {
    if (!axis.ticks().isEmpty()) {
      double[] chosen = axis.ticks().stream().filter(this::inRange).toArray();
      return zip(chosen, DoubleStream.of(chosen).mapToObj(TickLabels::single).toList());
    }
    double first = axis.logarithmic() ? Math.pow(10, low) : low;
    double last = axis.logarithmic() ? Math.pow(10, high) : high;
    if (axis.logarithmic() && high - low >= 1) {
      double[] values = LogTicks.between(first, last, count);
      return zip(values, TickLabels.logarithmic(values));
    }
    double step = LinearTicks.step(first, last, count);
    double[] values = LinearTicks.between(first, last, step);
    return zip(values, TickLabels.linear(values, step));
  }

  private ImmutableList<Tick> zip(double[] values, List<String> labels) {
    ImmutableList.Builder<Tick> ticks = ImmutableList.builder();
    for (int i = 0; i < values.length; i++) {
      ticks.add(new Tick(position(values[i]), labels.get(i)));
    }
    return ticks.build();
  }

  private boolean inRange(double value) {
    double place = axis.logarithmic() ? Math.log10(value) : value;
    double slack = 1e-9 * (high - low);
    return place >= low - slack && place <= high + slack;
  }

  private static boolean overlap(List<Tick> ticks, TextStyle style) {
    for (int i = 1; i < ticks.size(); i++) {
      if (tooClose(ticks.get(i - 1), ticks.get(i), style)) {
        return true;
      }
    }
    return false;
  }

  /** Keeps all marks, and only those labels that have room. */
  private static ImmutableList<Tick> thinned(List<Tick> ticks, TextStyle style) {
    List<Tick> kept = new ArrayList<>();
    Tick last = null;
    for (Tick tick : ticks) {
      boolean room = last == null || !tooClose(last, tick, style);
      kept.add(room ? tick : new Tick(tick.position(), ""));
      last = room ? tick : last;
    }
    return ImmutableList.copyOf(kept);
  }

  private static boolean tooClose(Tick a, Tick b, TextStyle style) {
    double needed = (style.width(a.label()) + style.width(b.label())) / 2 + LABEL_GAP;
    return Math.abs(b.position() - a.position()) < needed;
  }

  private static void check(Axis axis, double value) {
    checkArgument(
        Double.isFinite(value),
        "values on the axis '%s' must be finite, found %s",
        axis.label(),
        value);
    checkArgument(
        !axis.logarithmic() || value > 0,
        "values on the logarithmic axis '%s' must be above 0, found %s",
        axis.label(),
        value);
  }

  private static boolean isIncluded(Axis axis, double place) {
    return axis.included().stream()
        .map(v -> axis.logarithmic() ? Math.log10(v) : v)
        .anyMatch(v -> v == place);
  }

  private static double widthAround(double value) {
    return value == 0 ? 1 : Math.abs(value) * 0.1;
  }
}
