package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the plain engine computes of a task. */
final class PlainRun {

  private final DrawnTask task;
  private final PlainNetwork network;
  private final double[] coefficients;
  private final List<double[]> rows = new ArrayList<>();
  private double closestChoice = Double.POSITIVE_INFINITY;
  private double closestOfPrior = Double.POSITIVE_INFINITY;
  private double weightOfPrior;

  /** What is added up to the gradient of the prior, without signs. */
  private double sizeOfPrior;

  private PlainRun(DrawnTask task) {
    this.task = task;
    this.network = new PlainNetwork(task.network(), task.weights());
    this.coefficients = new double[task.network().outputs()];
    coefficients[task.output()] = 1;
    for (int row = 0; row < task.rows().rows(); row++) {
      rows.add(doubles(task.rows().rows(row, row + 1).values()));
    }
  }

  /**
   * What was computed.
   *
   * @param values the numbers of each quantity
   * @param weightOfPrior the weight that makes the gradient of a prior count twice as much as that
   *     of the output
   * @param closestChoice how close the closest choice in the network was, as a share of what was
   *     added up to it
   * @param closestOfPrior the same in the prior
   */
  record Values(
      ImmutableMap<Quantity, double[]> values,
      double weightOfPrior,
      double closestChoice,
      double closestOfPrior) {}

  static Values of(DrawnTask task) {
    PlainRun run = new PlainRun(task);
    ImmutableMap.Builder<Quantity, double[]> values = ImmutableMap.builder();
    run.compute(values);
    return new Values(
        values.buildOrThrow(), run.weightOfPrior, run.closestChoice, run.closestOfPrior);
  }

  /**
   * A point at which a gradient is taken and the factor of each of its entries: attributions are
   * sums of such products.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Term(double[] point, double[] factors) {}

  private void compute(ImmutableMap.Builder<Quantity, double[]> values) {
    values.put(Quantity.LOGITS, logits());
    values.put(
        Quantity.GRADIENT, joined(rows.stream().map(row -> point(row, row).gradient()).toList()));
    if (task.isHomogeneous()) {
      values.put(Quantity.X_GRADIENT, joined(attributions(Quantity.X_GRADIENT)));
    }
    values.put(Quantity.INTEGRATED_GRADIENTS, joined(attributions(Quantity.INTEGRATED_GRADIENTS)));
    values.put(Quantity.EXPECTED_GRADIENTS, joined(attributions(Quantity.EXPECTED_GRADIENTS)));
    double[] byWeights = byWeights();
    values.put(Quantity.BY_WEIGHTS, byWeights);
    double[] prior = priorByWeights();
    // Twice as much, so that the two never cancel. Where the terms of the prior's gradient cancel
    // (a scale-invariant prior on a linear network), floats have none of its digits.
    double known = Math.max(largest(prior), 1e-2 * sizeOfPrior);
    weightOfPrior = known == 0 ? 1 : (float) (2 * Math.max(1e-3, largest(byWeights)) / known);
    double[] total = new double[prior.length];
    for (int i = 0; i < total.length; i++) {
      total[i] = byWeights[i] + weightOfPrior * prior[i];
    }
    values.put(Quantity.PRIOR_BY_WEIGHTS, total);
  }

  static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private PlainNetwork.Point point(double[] x, double[] direction) {
    PlainNetwork.Point point = network.at(x, direction, coefficients);
    closestChoice = Math.min(closestChoice, point.closestChoice());
    return point;
  }

  private double[] logits() {
    return joined(rows.stream().map(row -> point(row, row).logits()).toList());
  }

  private double[] byWeights() {
    double[] sum = point(rows.get(0), rows.get(0)).byWeights();
    for (double[] row : rows.subList(1, rows.size())) {
      add(sum, point(row, row).byWeights());
    }
    return sum;
  }

  private List<Term> terms(Quantity method, double[] row) {
    List<Term> terms = new ArrayList<>();
    switch (method) {
      case X_GRADIENT -> terms.add(new Term(row, row));
      case INTEGRATED_GRADIENTS -> {
        for (int k = 0; k < task.quadrature().points(); k++) {
          terms.add(
              onPath(
                  row,
                  doubles(task.baseline().values()),
                  task.quadrature().nodes().get(k),
                  task.quadrature().weights().get(k)));
        }
      }
      case EXPECTED_GRADIENTS -> {
        int pairs = task.alphas().size();
        for (int p = 0; p < pairs; p++) {
          double[] reference = doubles(task.references().rows(p, p + 1).values());
          terms.add(onPath(row, reference, task.alphas().values()[p], 1.0 / pairs));
        }
      }
      default -> throw new IllegalArgumentException(method + " is not a method");
    }
    return terms;
  }

  private static Term onPath(double[] row, double[] start, double place, double weight) {
    double[] point = new double[row.length];
    double[] factors = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      point[i] = start[i] + place * (row[i] - start[i]);
      factors[i] = weight * (row[i] - start[i]);
    }
    return new Term(point, factors);
  }

  private List<double[]> attributions(Quantity method) {
    List<double[]> all = new ArrayList<>();
    for (double[] row : rows) {
      double[] sum = new double[row.length];
      for (Term term : terms(method, row)) {
        double[] gradient = point(term.point(), term.point()).gradient();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += term.factors()[i] * gradient[i];
        }
      }
      all.add(sum);
    }
    return all;
  }

  /**
   * With {@code Ω} the prior and {@code A_i = Σ_k f_ki ∂_i F(p_k)}: {@code ∂Ω/∂w = Σ_k ∂/∂w (Σ_i
   * ∂Ω/∂A_i f_ki ∂_i F(p_k))}, each term the gradient of a directional derivative.
   */
  private double[] priorByWeights() {
    List<double[]> attributions = attributions(task.priorOn());
    double size = largest(joined(attributions));
    double[] sum = new double[byWeights().length];
    if (size == 0) {
      return sum;
    }
    Tape tape = new Tape();
    int[][] nodes = new int[rows.size()][];
    for (int row = 0; row < nodes.length; row++) {
      nodes[row] =
          Arrays.stream(attributions.get(row)).mapToInt(a -> tape.given(a, 0, size)).toArray();
    }
    int penalty = task.prior().penalty(tape, nodes);
    double[] byNode = tape.back(new int[] {penalty}, new double[] {1}).values();
    double[] sizes = tape.sizesBack(penalty);
    closestOfPrior = tape.closestChoice();
    for (int row = 0; row < nodes.length; row++) {
      for (Term term : terms(task.priorOn(), rows.get(row))) {
        double[] direction = new double[term.factors().length];
        double[] unsigned = new double[direction.length];
        for (int i = 0; i < direction.length; i++) {
          direction[i] = byNode[nodes[row][i]] * term.factors()[i];
          unsigned[i] = sizes[nodes[row][i]] * Math.abs(term.factors()[i]);
        }
        double[] along = point(term.point(), direction).byWeightsAlong();
        add(sum, along);
        sizeOfPrior +=
            Math.max(largest(along), largest(point(term.point(), unsigned).byWeightsAlong()));
      }
    }
    return sum;
  }

  private static void add(double[] sum, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double[] joined(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
