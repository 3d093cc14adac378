package org.xgradient.report.chart;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * How a prediction comes about: from the output at the baseline, by what each feature adds, to the
 * output for the row.
 *
 * <p>The numbers that it prints add up to the last digit. Where the contributions themselves do not
 * add up to the prediction, as those of a quadrature don't, the chart shows the rest as a step of
 * its own.
 *
 * @param title what the chart is called
 * @param axisLabel what the output is, such as "log-odds of death"
 * @param startLabel what the start is, such as "average person"
 * @param start the output at the baseline
 * @param contributions what the features add
 * @param endLabel what the end is, such as "this person"
 * @param end the output for the row
 * @param most how many features have a step of their own; the others share one
 */
public record ContributionChart(
    String title,
    String axisLabel,
    String startLabel,
    double start,
    ImmutableList<Contribution> contributions,
    String endLabel,
    double end,
    int most)
    implements Chart {

  private static final int MOST = 10;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not finite, or no step may be shown
   */
  public ContributionChart {
    checkArgument(
        Double.isFinite(start) && Double.isFinite(end),
        "start and end of '%s' must be finite, found %s and %s",
        title,
        start,
        end);
    checkArgument(most >= 1, "the number of steps to show must be at least 1, found %s", most);
  }

  /**
   * A chart of at most ten steps.
   *
   * @param title what the chart is called
   * @param axisLabel what the output is
   * @param start the output at the baseline
   * @param contributions what the features add, in any order
   * @param end the output for the row
   * @return the chart
   */
  public static ContributionChart of(
      String title, String axisLabel, double start, List<Contribution> contributions, double end) {
    return new ContributionChart(
        title,
        axisLabel,
        "output at the baseline",
        start,
        ImmutableList.copyOf(contributions),
        "output for this row",
        end,
        MOST);
  }

  /**
   * Names the two ends.
   *
   * @param newStartLabel what the start is, such as "average person"
   * @param newEndLabel what the end is, such as "this person"
   * @return the chart with these names
   */
  public ContributionChart withLabels(String newStartLabel, String newEndLabel) {
    return new ContributionChart(
        title, axisLabel, newStartLabel, start, contributions, newEndLabel, end, most);
  }

  /**
   * Chooses how many features have a step of their own: those that add or take most.
   *
   * @param count how many, at least 1
   * @return the chart with so many
   */
  public ContributionChart largest(int count) {
    return new ContributionChart(
        title, axisLabel, startLabel, start, contributions, endLabel, end, count);
  }
}
