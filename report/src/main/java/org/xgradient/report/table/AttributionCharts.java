package org.xgradient.report.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xgradient.data.SampleMean;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Category;
import org.xgradient.report.chart.Chart;
import org.xgradient.report.chart.Contribution;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.chart.ScatterChart;
import org.xgradient.report.chart.Shading;
import org.xgradient.report.chart.Strip;
import org.xgradient.report.chart.StripChart;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;

/**
 * The charts of explained rows: what matters over all of them, how it depends on the cells, and how
 * the output for one row comes about. Each is a {@link Chart}, which is SVG or PNG as one likes.
 */
public final class AttributionCharts {

  /** More points than these say no more, and make pages large. */
  private static final int MOST_POINTS = 1000;

  private static final int MOST_LEVELS = 15;

  private AttributionCharts() {}

  /**
   * The columns by how much they add or take on average.
   *
   * @param rows the rows
   * @return their names, that of the largest mean absolute contribution first
   */
  public static ImmutableList<String> byImportance(AttributedRows rows) {
    return rows.byImportance().stream()
        .map(column -> rows.columns().get(column).name())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * How much each column adds or takes on average: the mean absolute contribution, with its
   * standard error over the rows; the largest first.
   *
   * @param rows the rows
   * @return the chart of all columns; {@link BarChart#largest} makes it shorter
   */
  public static BarChart importance(AttributedRows rows) {
    List<Category> categories = new ArrayList<>();
    for (int column = 0; column < rows.columns().size(); column++) {
      double[] sizes = Arrays.stream(rows.contributionsOf(column)).map(Math::abs).toArray();
      categories.add(
          Category.of(rows.columns().get(column).name(), Estimate.of(SampleMean.of(sizes))));
    }
    return BarChart.of(
            "What the columns add or take on average",
            Axis.linear("mean absolute contribution to the " + rows.output()),
            categories)
        .largest(categories.size());
  }

  /**
   * Which rows are the points of {@link #summary} and {@link #dependence}, for a caption.
   *
   * @param rows the rows
   * @return that it is each row, or how many were drawn at random
   */
  public static String points(AttributedRows rows) {
    return rows.rows() <= MOST_POINTS
        ? "a point for each row"
        : "a point for each of %s rows drawn at random".formatted(Numbers.count(MOST_POINTS));
  }

  /**
   * A point for each row in each column, at what its cell adds, with the colour of the cell: a
   * beeswarm. The columns that matter most come first. Of more than {@value #MOST_POINTS} rows some
   * are drawn at random.
   *
   * @param rows the rows
   * @return the chart of all columns; {@link StripChart#first} makes it shorter
   */
  public static StripChart summary(AttributedRows rows) {
    AttributedRows some = rows.sample(MOST_POINTS, 0);
    List<Strip> strips = new ArrayList<>();
    for (int column : rows.byImportance()) {
      strips.add(
          new Strip(
              nameOf(rows.columns().get(column)),
              ImmutableDoubleArray.copyOf(some.contributionsOf(column)),
              some.shares(column)));
    }
    boolean neither =
        strips.stream().anyMatch(strip -> strip.shares().stream().anyMatch(Double::isNaN));
    return StripChart.of(
        "What the cells add, row by row",
        Axis.linear("contribution to the " + rows.output()),
        strips,
        Shading.ofOrder("low value", "high value", neither ? "missing, or without an order" : ""));
  }

  /** Two levels have an order by convention only, which is said. */
  private static String nameOf(Column column) {
    return column instanceof CategoricalColumn levels && levels.levels().size() == 2
        ? "%s (low: %s)".formatted(column.name(), levels.levels().get(0))
        : column.name();
  }

  /**
   * What the cells of a column add, depending on their value. The colour is the value or level of
   * the other column that decides most of what is left, if there is one that accounts for a tenth
   * of it.
   *
   * @param rows the rows
   * @param column the name of the column
   * @return a {@link ScatterChart} of numbers and dates, a {@link StripChart} of levels
   * @throws IllegalArgumentException if there is no such column
   */
  public static Chart dependence(AttributedRows rows, String column) {
    int index = rows.indexOf(column);
    AttributedRows some = rows.sample(MOST_POINTS, 0);
    return dependence(some, index, Interactions.strongest(some, index));
  }

  /**
   * What the cells of a column add, depending on their value, with the value of another column as
   * colour.
   *
   * @param rows the rows
   * @param column the name of the column
   * @param colour the name of the other column; of many levels the most frequent have colours
   * @return a {@link ScatterChart} of numbers and dates, a {@link StripChart} of levels
   * @throws IllegalArgumentException if there is no such column
   */
  public static Chart dependence(AttributedRows rows, String column, String colour) {
    int index = rows.indexOf(column);
    int other = rows.indexOf(colour);
    return dependence(rows.sample(MOST_POINTS, 0), index, OptionalInt.of(other));
  }

  private static Chart dependence(AttributedRows rows, int column, OptionalInt colour) {
    String name = rows.columns().get(column).name();
    Colours colours =
        colour.isPresent() ? Colours.of(rows, colour.getAsInt()) : Colours.plain(rows.rows());
    double[] shares = colours.shares().toArray();
    Shading shading = colours.shading();
    double[] contributions = rows.contributionsOf(column);
    Axis axis = Axis.linear("contribution of " + name);
    if (rows.columns().get(column) instanceof CategoricalColumn levels) {
      return StripChart.of(
              "What " + name + " adds", axis, strips(levels, contributions, shares), shading)
          .first(MOST_LEVELS);
    }
    double[] values = rows.ordered(column);
    int[] known =
        IntStream.range(0, values.length).filter(row -> !Double.isNaN(values[row])).toArray();
    if (known.length == 0) {
      return StripChart.of(
          "What " + name + " adds",
          axis,
          List.of(strip("missing", IntStream.range(0, values.length), contributions, shares)),
          shading);
    }
    String unit = rows.isDate(column) && !name.equalsIgnoreCase("year") ? name + ", year" : name;
    return ScatterChart.of(
            "What " + name + " adds",
            Axis.linear(unit),
            axis,
            pick(values, known),
            pick(contributions, known))
        .shaded(pick(shares, known), shading);
  }

  /** A row for each level that occurs, the most frequent first. */
  private static List<Strip> strips(
      CategoricalColumn levels, double[] contributions, double[] shares) {
    return IntStream.range(-1, levels.levels().size())
        .mapToObj(
            code ->
                IntStream.range(0, levels.rows()).filter(row -> levels.code(row) == code).toArray())
        .filter(members -> members.length > 0)
        .sorted((a, b) -> b.length - a.length)
        .map(
            members ->
                strip(
                    CellText.of(levels, members[0]), Arrays.stream(members), contributions, shares))
        .toList();
  }

  private static Strip strip(
      String label, IntStream members, double[] contributions, double[] shares) {
    int[] rows = members.toArray();
    return new Strip(
        label,
        ImmutableDoubleArray.copyOf(pick(contributions, rows)),
        ImmutableDoubleArray.copyOf(pick(shares, rows)));
  }

  private static double[] pick(double[] values, int... rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  /**
   * How the output for a row comes about.
   *
   * @param rows the rows
   * @param row the index of the row
   * @param title what the chart is called
   * @return the chart
   * @throws IllegalArgumentException if the contributions of the method don't add up to the output
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public static ContributionChart waterfall(AttributedRows rows, int row, String title) {
    Objects.checkIndex(row, rows.rows());
    checkArgument(
        rows.starts().isPresent(),
        "the contributions of this method do not add up to an output; take one that is complete");
    List<Contribution> contributions = new ArrayList<>();
    for (int column = 0; column < rows.columns().size(); column++) {
      contributions.add(
          new Contribution(
              rows.columns().get(column).name() + " = " + rows.cell(row, column),
              rows.contribution(row, column)));
    }
    return ContributionChart.of(
        title,
        rows.output(),
        rows.starts().orElseThrow().values()[row],
        contributions,
        rows.ends().values()[row]);
  }
}
