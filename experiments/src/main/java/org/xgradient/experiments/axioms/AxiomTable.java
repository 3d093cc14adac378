package org.xgradient.experiments.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableTable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.xgradient.attribution.axioms.Axiom;
import org.xgradient.attribution.axioms.AxiomFinding;
import org.xgradient.data.Seeds;

/**
 * Which method satisfies which axiom: FAA, Table 1, computed; with a column for FAA, Def. 3.6.
 *
 * <p>An axiom counts as satisfied if no violation is found, neither on small networks with random
 * parameters nor on the functions of the textbook counter-examples. The networks have one or two
 * hidden layers, ReLU or LeakyReLU, and biases; those of X-Gradient have none.
 *
 * @param networks the number of random networks for each method
 * @param seed the seed that all parameters, inputs and draws come from
 * @param cells the cells; the rows are in the order of {@link TableMethod}, the columns in that of
 *     {@link Axiom}
 */
public record AxiomTable(int networks, long seed, ImmutableTable<TableMethod, Axiom, Cell> cells) {

  /** The number of networks in {@link #reproduce(long)}. */
  public static final int DEFAULT_NETWORKS = 100;

  /**
   * A cell.
   *
   * @param worst the largest violation over the random networks
   * @param networkSeed the seed of the parameters of the network that it occurred in
   * @param counterExample a simple function on which the method violates the axiom; empty if none
   *     of those tried is
   */
  public record Cell(
      AxiomFinding worst, long networkSeed, Optional<CounterExample> counterExample) {

    /** {@return whether no violation was found: a tick in the table} */
    public boolean holds() {
      return worst.holds() && counterExample.isEmpty();
    }
  }

  /**
   * Computes the table on 100 networks for each method; takes some seconds.
   *
   * @param seed the seed
   * @return the table
   */
  public static AxiomTable reproduce(long seed) {
    return reproduce(DEFAULT_NETWORKS, seed);
  }

  /**
   * Computes the table.
   *
   * @param networks the number of random networks for each method, at least 2
   * @param seed the seed
   * @return the table
   * @throws IllegalArgumentException if there are fewer networks
   */
  public static AxiomTable reproduce(int networks, long seed) {
    checkArgument(networks >= 2, "there must be at least 2 networks, found %s", networks);
    ImmutableTable.Builder<TableMethod, Axiom, Cell> cells = ImmutableTable.builder();
    for (TableMethod method : TableMethod.values()) {
      long seedOfMethod = Seeds.derive(seed, "axiom table " + method.name());
      Map<Axiom, RandomNetworks.Worst> worst = RandomNetworks.worst(method, networks, seedOfMethod);
      ImmutableList<CounterExample> counterExamples = counterExamples(method, seedOfMethod);
      worst.forEach(
          (axiom, found) ->
              cells.put(
                  method,
                  axiom,
                  new Cell(
                      found.finding(), found.networkSeed(), counterTo(axiom, counterExamples))));
    }
    return new AxiomTable(networks, seed, cells.build());
  }

  private static ImmutableList<CounterExample> counterExamples(TableMethod method, long seed) {
    return Arrays.stream(CounterFunction.values())
        .filter(function -> function.isFor(method))
        .flatMap(function -> function.violations(method, seed).stream())
        .collect(ImmutableList.toImmutableList());
  }

  private static Optional<CounterExample> counterTo(
      Axiom axiom, ImmutableList<CounterExample> counterExamples) {
    return counterExamples.stream()
        .filter(example -> example.finding().axiom() == axiom)
        .findFirst();
  }

  /**
   * A cell.
   *
   * @param method the row
   * @param axiom the column
   * @return the cell
   */
  public Cell cell(TableMethod method, Axiom axiom) {
    Cell cell = cells.get(method, axiom);
    checkArgument(cell != null, "there is no cell of %s and %s", method, axiom);
    return cell;
  }
}
