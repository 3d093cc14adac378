package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.Task;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.UndefinedMetricException;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** How good a model is for each level of a column, and what the column adds there. */
public final class GroupTables {

  private static final int MOST_LEVELS = 12;
  private static final int BY_ITSELF = 2;
  private static final int QUARTERS = 4;
  private static final String MISSING = "missing";

  private GroupTables() {}

  private record Group(String name, ImmutableIntArray rows) {
    static Group of(String name, int... rows) {
      return new Group(name, ImmutableIntArray.copyOf(rows));
    }
  }

  /**
   * The columns to look at: those that were named; else the masked ones, and of the others those
   * categories of few levels that matter most.
   *
   * @throws DataException if a named column is not there
   */
  static ImmutableList<String> columns(
      List<String> named, List<String> masked, AttributedRows rows, List<String> byImportance) {
    List<String> known = rows.columns().stream().map(Column::name).toList();
    for (String name : named) {
      checkThere(name, known);
    }
    if (!named.isEmpty()) {
      return ImmutableList.copyOf(named);
    }
    return ImmutableSet.<String>builder()
        .addAll(masked)
        .addAll(
            byImportance.stream()
                .filter(name -> hasFewLevels(rows.columns().get(known.indexOf(name))))
                .limit(BY_ITSELF)
                .toList())
        .build()
        .asList();
  }

  /** Refuses a group that is no column of the model; to be called before the training. */
  public static void checkThere(String name, Collection<String> columns) {
    if (!columns.contains(name)) {
      throw new DataException(
          "--groups must name columns that the model reads, found \"%s\"; the columns are %s"
              .formatted(name, String.join(", ", columns)));
    }
  }

  private static boolean hasFewLevels(Column column) {
    return column instanceof CategoricalColumn levels && levels.levels().size() <= MOST_LEVELS;
  }

  /**
   * A row for each level, the most frequent first, or for each quarter of the numbers.
   *
   * @param name the column
   * @param judged the rows
   * @param rows the same rows with their contributions
   */
  static ReportTable of(String name, JudgedRows judged, AttributedRows rows) {
    int index = rows.indexOf(name);
    ModelMetric metric = ModelMetric.of(judged.labels().task());
    boolean number = judged.labels().task() == Task.REGRESSION;
    var table =
        ReportTable.titled("By " + name)
            .text(name)
            .number("rows", metric.name(), "mean output")
            .number(number ? "mean label" : "most frequent class, %")
            .number("its mean contribution");
    List<Group> groups = groups(rows, index);
    for (Group group : groups.subList(0, Math.min(MOST_LEVELS, groups.size()))) {
      JudgedRows some = judged.gather(group.rows().toArray());
      table.row(
          group.name(),
          Numbers.count(group.rows().length()),
          value(metric, some),
          Numbers.significant(mean(group, row -> rows.ends().values()[row]), 3),
          number ? Numbers.significant(mean(group, judged::actualNumber), 3) : mostFrequent(some),
          Numbers.significant(mean(group, row -> rows.contribution(row, index)), 3));
    }
    if (groups.size() > MOST_LEVELS) {
      table.footnote("and %d smaller groups".formatted(groups.size() - MOST_LEVELS));
    }
    return table
        .footnote(
            "The output is the %s. %s: not defined for these rows, as where all are of one class."
                .formatted(rows.output(), Numbers.MISSING))
        .build();
  }

  private static String value(ModelMetric metric, JudgedRows rows) {
    try {
      return Numbers.significant(metric.of(rows.outputs(), rows.actual()), 3);
    } catch (UndefinedMetricException e) {
      return Numbers.MISSING;
    }
  }

  private static String mostFrequent(JudgedRows rows) {
    int[] counts = new int[rows.labels().classes().size()];
    IntStream.range(0, rows.rows()).forEach(row -> counts[rows.actualClass(row)]++);
    int best =
        IntStream.range(0, counts.length)
            .boxed()
            .max(Comparator.comparingInt(c -> counts[c]))
            .orElseThrow();
    return "%s %s"
        .formatted(
            rows.labels().classes().get(best),
            Numbers.fixed(100.0 * counts[best] / rows.rows(), 1));
  }

  private static double mean(Group group, IntToDoubleFunction value) {
    return group.rows().stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static List<Group> groups(AttributedRows rows, int index) {
    List<Group> groups = new ArrayList<>();
    int[] missing =
        IntStream.range(0, rows.rows()).filter(rows.columns().get(index)::isMissing).toArray();
    if (rows.columns().get(index) instanceof CategoricalColumn levels) {
      for (int code = 0; code < levels.levels().size(); code++) {
        int wanted = code;
        int[] members =
            IntStream.range(0, rows.rows()).filter(row -> levels.code(row) == wanted).toArray();
        groups.add(Group.of(levels.levels().get(code), members));
      }
      groups.add(Group.of(MISSING, missing));
      groups.sort(Comparator.comparingInt(group -> -group.rows().length()));
    } else {
      groups.addAll(quarters(rows, index));
      groups.add(Group.of(MISSING, missing));
    }
    return groups.stream().filter(group -> group.rows().length() > 0).toList();
  }

  /** Rows of equal numbers are in one quarter. */
  private static List<Group> quarters(AttributedRows rows, int index) {
    NumericColumn numbers = (NumericColumn) rows.columns().get(index);
    int[] order =
        IntStream.range(0, rows.rows())
            .filter(row -> !numbers.isMissing(row))
            .boxed()
            .sorted(Comparator.comparingDouble(numbers::value))
            .mapToInt(row -> row)
            .toArray();
    List<Group> groups = new ArrayList<>();
    int from = 0;
    for (int quarter = 1; quarter <= QUARTERS && from < order.length; quarter++) {
      int to = Math.max(from + 1, order.length * quarter / QUARTERS);
      while (to < order.length && numbers.value(order[to]) == numbers.value(order[to - 1])) {
        to++;
      }
      int[] members = Arrays.copyOfRange(order, from, to);
      groups.add(
          Group.of(
              "%s to %s"
                  .formatted(
                      rows.cell(members[0], index), rows.cell(members[members.length - 1], index)),
              members));
      from = to;
    }
    return groups;
  }
}
