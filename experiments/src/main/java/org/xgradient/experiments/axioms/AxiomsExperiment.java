package org.xgradient.experiments.axioms;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.experiments.PreparedWork;

/** Which method satisfies which axiom: FAA, Table 1. */
public final class AxiomsExperiment
    implements Experiment<
        AxiomsExperiment.Configuration, AxiomsExperiment.Task, AxiomsExperiment.Result> {

  /** The ticks of FAA, Table 1; with Def. 3.6, which the text grants X-Gradient alone. */
  private static final ImmutableSetMultimap<TableMethod, Axiom> PUBLISHED = published();

  /**
   * The configuration.
   *
   * @param networks the number of random networks for each method, at least 2
   * @param seeds the table is computed for each of these
   */
  public record Configuration(int networks, List<Long> seeds) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are too few networks or no seed
     */
    public Configuration {
      checkArgument(networks >= 2, "\"networks\" must be at least 2, found %s", networks);
      checkArgument(!seeds.isEmpty(), "\"seeds\" must have a seed, found none");
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * A piece: the whole table from one seed.
   *
   * @param seed the seed
   */
  public record Task(long seed) {}

  /**
   * The table from one seed.
   *
   * @param cells the cells, row by row
   */
  public record Result(List<Cell> cells) {}

  /**
   * A cell.
   *
   * @param method the row
   * @param axiom the column
   * @param holds whether no violation was found
   * @param violation the largest over the random networks
   * @param tolerance up to which violation the axiom counts as holding there
   * @param counterExample a textbook function that violates it; empty for none
   */
  public record Cell(
      TableMethod method,
      Axiom axiom,
      boolean holds,
      double violation,
      double tolerance,
      String counterExample) {}

  @Override
  public Description<Configuration, Task, Result> description() {
    return new Description<>(
        "axioms",
        "Which attribution method satisfies which axiom",
        "FAA, Table 1",
        Configuration.class,
        Task.class,
        Result.class);
  }

  @Override
  public ImmutableList<Task> tasks(Configuration configuration) {
    return configuration.seeds().stream().map(Task::new).distinct().collect(toImmutableList());
  }

  @Override
  public PreparedWork<Task, Result> prepare(Configuration configuration) {
    return new PreparedWork<>(
        () -> task -> result(AxiomTable.reproduce(configuration.networks(), task.seed())),
        ImmutableMap.of());
  }

  private static Result result(AxiomTable table) {
    return new Result(
        Arrays.stream(TableMethod.values())
            .flatMap(
                method ->
                    Arrays.stream(Axiom.values())
                        .map(axiom -> cell(method, axiom, table.cell(method, axiom))))
            .toList());
  }

  private static Cell cell(TableMethod method, Axiom axiom, AxiomTable.Cell cell) {
    return new Cell(
        method,
        axiom,
        cell.holds(),
        cell.worst().violation(),
        cell.worst().tolerance(),
        cell.counterExample().map(Object::toString).orElse(""));
  }

  /**
   * The worst cell over the seeds.
   *
   * @param results the results
   * @param method the row
   * @param axiom the column
   * @return the cell that does not hold if there is one, and of several such the one with the
   *     largest violation
   */
  public Cell worst(
      ExperimentResults<Configuration, Task, Result> results, TableMethod method, Axiom axiom) {
    return results.results().values().stream()
        .flatMap(result -> result.cells().stream())
        .filter(cell -> cell.method() == method && cell.axiom() == axiom)
        .max((one, other) -> compare(one, other))
        .orElseThrow();
  }

  private static int compare(Cell one, Cell other) {
    int holds = Boolean.compare(other.holds(), one.holds());
    return holds != 0 ? holds : Double.compare(one.violation(), other.violation());
  }

  /**
   * Whether the paper has a tick.
   *
   * @param method the row
   * @param axiom the column
   * @return whether the paper says that the method satisfies the axiom
   */
  public static boolean isPublished(TableMethod method, Axiom axiom) {
    return PUBLISHED.containsEntry(method, axiom);
  }

  @Override
  public ImmutableList<Finding> findings(ExperimentResults<Configuration, Task, Result> results) {
    return Arrays.stream(TableMethod.values())
        .map(method -> finding(results, method))
        .collect(toImmutableList());
  }

  private Finding finding(
      ExperimentResults<Configuration, Task, Result> results, TableMethod method) {
    List<String> differing =
        Arrays.stream(Axiom.values())
            .filter(axiom -> worst(results, method, axiom).holds() != isPublished(method, axiom))
            .map(Axiom::title)
            .toList();
    int axioms = Axiom.values().length;
    return differing.isEmpty()
        ? new Finding(
            "%s: all %s axioms come out as in the paper, %s hold."
                .formatted(method.title(), axioms, PUBLISHED.get(method).size()),
            Verdict.AGREES)
        : new Finding(
            "%s: %s of %s axioms come out other than in the paper: %s."
                .formatted(method.title(), differing.size(), axioms, String.join(", ", differing)),
            Verdict.DIFFERS);
  }

  private static ImmutableSetMultimap<TableMethod, Axiom> published() {
    var ticks = ImmutableSetMultimap.<TableMethod, Axiom>builder();
    EnumSet<Axiom> ofPathMethods = EnumSet.complementOf(EnumSet.of(Axiom.HOMOGENEITY));
    ticks.putAll(TableMethod.INTEGRATED_GRADIENTS, ofPathMethods);
    ticks.putAll(TableMethod.CONVERGED_EXPECTED_GRADIENTS, ofPathMethods);
    ticks.put(TableMethod.EXPECTED_GRADIENTS, Axiom.SENSITIVITY_B);
    Stream.of(TableMethod.GRADIENT, TableMethod.INPUT_X_GRADIENT)
        .forEach(
            method ->
                ticks.putAll(
                    method,
                    Axiom.SENSITIVITY_B,
                    Axiom.IMPLEMENTATION_INVARIANCE,
                    Axiom.LINEARITY,
                    Axiom.SYMMETRY));
    ticks.putAll(TableMethod.X_GRADIENT, EnumSet.allOf(Axiom.class));
    return ticks.build();
  }
}
