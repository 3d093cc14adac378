package org.xgradient.experiments.promises;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.PreparedWork;

/**
 * Whether training keeps what it promises on tables, with the usual options: with paired splits.
 */
public final class PromisesExperiment
    implements Experiment<
        PromisesExperiment.Configuration, PromisesExperiment.Task, PromisesExperiment.Result> {

  /**
   * The configuration.
   *
   * @param tables a folder of tables, each with a JSON file beside it; empty for generated ones
   * @param only the names of the tables to take; empty for all
   * @param halved the names of the tables of which at most half the columns must be in use with the
   *     sparsity prior; of others no more than without it
   * @param splits the number of random splits, at least 2
   * @param hidden the widths of the hidden layers
   * @param seed what the splits and all draws start from
   */
  public record Configuration(
      String tables,
      List<String> only,
      List<String> halved,
      int splits,
      List<Integer> hidden,
      long seed) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are fewer than 2 splits
     */
    public Configuration {
      checkArgument(splits >= 2, "\"splits\" must be at least 2, found %s", splits);
      only = List.copyOf(only);
      halved = List.copyOf(halved);
      hidden = List.copyOf(hidden);
    }

    ImmutableList<PromisedTable> load() {
      ImmutableList<PromisedTable> all =
          tables.isEmpty() ? GeneratedTables.all(seed) : TableFolder.read(Path.of(tables));
      checkNames("only", only, all);
      checkNames("halved", halved, all);
      return all.stream()
          .filter(table -> only.isEmpty() || only.contains(table.name()))
          .collect(toImmutableList());
    }
  }

  private static void checkNames(
      String key, List<String> names, ImmutableList<PromisedTable> tables) {
    for (String name : names) {
      checkArgument(
          tables.stream().anyMatch(table -> table.name().equals(name)),
          "\"%s\" must name tables of %s, found \"%s\"",
          key,
          tables.stream().map(PromisedTable::name).toList(),
          name);
    }
  }

  /** What is promised. */
  public enum Promise {
    /** Without a prior, a model as good as another library's usual one. */
    NONE,
    /** With a mask, a model that does not depend on a column. */
    MASK,
    /** With a sparsity prior, a model of fewer columns that is no worse. */
    GINI
  }

  /**
   * A piece: a promise on a split of a table.
   *
   * @param table the name of the table
   * @param promise what is promised
   * @param column the masked column; empty for none
   * @param split the number of the split, from 0
   */
  public record Task(String table, Promise promise, String column, int split) {}

  /**
   * What came out, on the test rows.
   *
   * @param lambda the weight that was taken; 0 without a prior
   * @param metric the usual metric of the task
   * @param loss the mean task loss
   * @param otherMetric what that is to be held against: the metric of the other library's usual
   *     network, of a model trained without the masked column, or of one without the prior
   * @param otherLoss its loss
   * @param changed the share of decisions that a swap of the masked column changes; 0 without one
   * @param metricAfter the metric after it
   * @param columns the number of columns that carry 99 % of the attribution
   * @param otherColumns that of the other model
   * @param regression whether the label is a number; then the metric is R², and changed is the mean
   *     change of the output over the deviation of the label
   */
  public record Result(
      double lambda,
      double metric,
      double loss,
      double otherMetric,
      double otherLoss,
      double changed,
      double metricAfter,
      int columns,
      int otherColumns,
      boolean regression) {}

  @Override
  public Description<Configuration, Task, Result> description() {
    return new Description<>(
        "promises",
        "What priors promise on tables, and what they keep",
        "the documentation of this project",
        Configuration.class,
        Task.class,
        Result.class);
  }

  @Override
  public ImmutableList<Task> tasks(Configuration configuration) {
    List<Task> tasks = new ArrayList<>();
    for (PromisedTable table : configuration.load()) {
      for (int split = 0; split < configuration.splits(); split++) {
        tasks.add(new Task(table.name(), Promise.NONE, "", split));
        tasks.add(new Task(table.name(), Promise.GINI, "", split));
        for (String column : table.masked()) {
          tasks.add(new Task(table.name(), Promise.MASK, column, split));
        }
      }
    }
    return ImmutableList.copyOf(tasks);
  }

  /** All but the number of splits and the choice of tables. */
  @Override
  public Object resultsDependOn(Configuration configuration) {
    return List.of(configuration.tables(), configuration.hidden(), configuration.seed());
  }

  @Override
  public PreparedWork<Task, Result> prepare(Configuration configuration) {
    ImmutableList<PromisedTable> tables = configuration.load();
    return new PreparedWork<>(
        () -> new PromiseWorker(tables, configuration),
        ImmutableMap.of(
            "tables", tables.stream().map(PromisedTable::checksum).collect(joining(" "))));
  }

  @Override
  public ImmutableList<Finding> findings(ExperimentResults<Configuration, Task, Result> results) {
    return summaries(results).stream()
        .flatMap(summary -> summary.findings().stream())
        .collect(toImmutableList());
  }

  /**
   * The results by table, promise and column.
   *
   * @param results the results
   * @return a summary of each, in the order of the pieces
   */
  public ImmutableList<PromiseSummary> summaries(
      ExperimentResults<Configuration, Task, Result> results) {
    return results.results().keySet().stream()
        .map(task -> new Task(task.table(), task.promise(), task.column(), 0))
        .distinct()
        .map(
            first ->
                new PromiseSummary(
                    first,
                    results.configuration().halved().contains(first.table()),
                    results.of(
                        task ->
                            task.table().equals(first.table())
                                && task.promise() == first.promise()
                                && task.column().equals(first.column()))))
        .collect(toImmutableList());
  }
}
