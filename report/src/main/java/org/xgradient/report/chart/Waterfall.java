package org.xgradient.report.chart;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.xgradient.report.text.TickLabels;

/**
 * The steps from one number to another, rounded so that they still add up.
 *
 * <p>Not the steps are rounded but the levels between them; a step is the difference of two rounded
 * levels, so that the sum telescopes. A step is off by less than one unit of the last digit, and
 * never has the wrong sign.
 *
 * @param start the rounded start
 * @param steps the rounded steps
 * @param end the rounded end: the start plus all steps
 * @param exponent the power of ten that all numbers are to be multiplied by
 */
record Waterfall(BigDecimal start, ImmutableList<Step> steps, BigDecimal end, int exponent) {

  private static final int STEP_DIGITS = 3;
  private static final int LEVEL_DIGITS = 6;

  /**
   * A step.
   *
   * @param label what makes it
   * @param amount how far it goes
   * @param raises whether it goes up, also where its amount is rounded to 0
   */
  record Step(String label, BigDecimal amount, boolean raises) {}

  private record Exact(String label, double amount) {}

  static Waterfall of(ContributionChart chart) {
    List<Exact> steps = steps(chart);
    double largestStep = steps.stream().mapToDouble(s -> Math.abs(s.amount())).max().orElse(0);
    double gap = chart.end() - chart.start() - steps.stream().mapToDouble(Exact::amount).sum();
    double largest =
        Math.max(
            Math.max(Math.abs(chart.start()), Math.abs(chart.end())),
            Math.max(largestStep, Math.abs(gap)));
    int magnitude = magnitude(largest);
    int exponent =
        magnitude >= LEVEL_DIGITS || magnitude < -3 ? Math.floorDiv(magnitude, 3) * 3 : 0;
    int finest = LEVEL_DIGITS - 1 - magnitude;
    int decimals =
        largestStep == 0
            ? STEP_DIGITS - magnitude
            : Math.min(STEP_DIGITS - 1 - magnitude(largestStep), finest);
    closeGap(steps, gap, 0.5 * Math.pow(10, -decimals));
    return rounded(chart, steps, decimals, exponent);
  }

  /** The largest in order, then the rest as one. */
  private static List<Exact> steps(ContributionChart chart) {
    List<Contribution> sorted =
        chart.contributions().stream()
            .sorted(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.amount())))
            .toList();
    int shown = sorted.size() <= chart.most() + 1 ? sorted.size() : chart.most();
    List<Exact> steps = new ArrayList<>();
    for (Contribution contribution : sorted.subList(0, shown)) {
      steps.add(new Exact(contribution.feature(), contribution.amount()));
    }
    List<Contribution> others = sorted.subList(shown, sorted.size());
    if (!others.isEmpty()) {
      double sum = others.stream().mapToDouble(Contribution::amount).sum();
      steps.add(new Exact("the other " + others.size() + " features", sum));
    }
    return steps;
  }

  /** A gap that can be seen gets a step; one below the last digit goes into the largest step. */
  private static void closeGap(List<Exact> steps, double gap, double visible) {
    if (steps.isEmpty() || Math.abs(gap) >= visible) {
      steps.add(new Exact("not explained (approximation)", gap));
    } else {
      Exact largest = steps.get(0);
      steps.set(0, new Exact(largest.label(), largest.amount() + gap));
    }
  }

  private static Waterfall rounded(
      ContributionChart chart, List<Exact> exact, int decimals, int exponent) {
    BigDecimal start = round(chart.start(), decimals);
    BigDecimal end = round(chart.end(), decimals);
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    double level = chart.start();
    BigDecimal before = start;
    for (int i = 0; i < exact.size(); i++) {
      level += exact.get(i).amount();
      BigDecimal after = i == exact.size() - 1 ? end : round(level, decimals);
      BigDecimal amount = after.subtract(before).scaleByPowerOfTen(-exponent);
      boolean raises = amount.signum() == 0 ? exact.get(i).amount() >= 0 : amount.signum() > 0;
      steps.add(new Step(exact.get(i).label(), amount, raises));
      before = after;
    }
    return new Waterfall(
        start.scaleByPowerOfTen(-exponent),
        steps.build(),
        end.scaleByPowerOfTen(-exponent),
        exponent);
  }

  private static BigDecimal round(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }

  private static int magnitude(double value) {
    return value == 0 ? 0 : TickLabels.floorLog10(value);
  }
}
