package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xgradient.attribution.Quadrature;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Network;

/**
 * All that both sides are given.
 *
 * @param network the network
 * @param weights the values of its parameters
 * @param rows the inputs, of shape {@code [rows, ...]}
 * @param output the logit to explain
 * @param baseline the baseline of Integrated Gradients, of the shape of one input
 * @param quadrature their rule
 * @param references the references of Expected Gradients, of shape {@code [pairs, ...]}
 * @param alphas their places
 * @param prior the prior
 * @param priorOn the method whose attributions it judges
 * @param mostRows the largest batch that the library may take
 * @param memoryBudget what the values of one of its runs may take, in bytes
 */
record DrawnTask(
    Network network,
    ImmutableList<double[]> weights,
    FloatArray rows,
    int output,
    FloatArray baseline,
    Quadrature quadrature,
    FloatArray references,
    FloatArray alphas,
    PlainPrior prior,
    Quantity priorOn,
    int mostRows,
    long memoryBudget) {

  /** {@return whether X-Gradient applies: there are no biases, and no activation is curved} */
  boolean isHomogeneous() {
    return !network.hasBiases() && !isCurved(network);
  }

  /** {@return whether TensorFlow computes it: on a CPU it has no products of batches of halves} */
  boolean isComputedIn(GivenForm form) {
    return form != GivenForm.HALF || !network.layers().toString().contains("AdaptiveAveragePool2d");
  }

  private static boolean isCurved(Network network) {
    String text = network.layers().toString();
    for (Activation activation : Activation.values()) {
      if (activation != Activation.RELU && text.contains("layer=" + activation)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Draws a task.
   *
   * @param seed the seed
   * @param attempt which of the draws of rows for the same network
   */
  static DrawnTask draw(long seed, int attempt) {
    DataRandom random = new DataRandom(seed);
    Network network = DrawnNetwork.draw(random);
    ImmutableList<double[]> weights = DrawnNetwork.weights(network, random);
    ImmutableIntArray shape = network.inputShape();
    List<PlainPrior.Kind> kinds = new ArrayList<>(List.of(PlainPrior.Kind.values()));
    if (shape.length() != 3) {
      kinds.remove(PlainPrior.Kind.TOTAL_VARIATION);
    }
    PlainPrior prior = new PlainPrior(kinds.get(random.nextInt(kinds.size())), shape);
    Quadrature quadrature =
        Quadrature.of(DrawnNetwork.anyOf(random, Quadrature.Rule.values()), 1 + random.nextInt(4));
    int rows = 1 + random.nextInt(4);
    int pairs = 1 + random.nextInt(3);
    int output = random.nextInt(network.outputs());
    int mostRows = 1 + random.nextInt(rows);
    long budget = 1L << (17 + random.nextInt(8));
    Quantity priorOn = Quantity.METHODS.get(random.nextInt(Quantity.METHODS.size()));
    boolean zero = random.nextInt(2) == 0;

    DataRandom values = new DataRandom(31 * seed + attempt);
    FloatArray alphas = FloatArray.zeros(pairs);
    for (int i = 0; i < pairs; i++) {
      alphas.values()[i] = (float) values.nextDouble();
    }
    DrawnTask task =
        new DrawnTask(
            network,
            weights,
            normal(values, rows, shape),
            output,
            zero
                ? FloatArray.zeros(shape.toArray())
                : FloatArray.of(normal(values, 1, shape).values(), shape.toArray()),
            quadrature,
            normal(values, pairs, shape),
            alphas,
            prior,
            priorOn,
            mostRows,
            budget);
    return priorOn == Quantity.X_GRADIENT && !task.isHomogeneous()
        ? task.withPriorOn(Quantity.EXPECTED_GRADIENTS)
        : task;
  }

  /** {@return the same with weights and rows that a type has, so that it need not round them} */
  DrawnTask rounded(GivenForm form) {
    return new DrawnTask(
        network,
        weights.stream()
            .map(values -> Arrays.stream(values).map(form::rounded).toArray())
            .collect(ImmutableList.toImmutableList()),
        rounded(rows, form),
        output,
        rounded(baseline, form),
        quadrature,
        rounded(references, form),
        alphas,
        prior,
        priorOn,
        mostRows,
        memoryBudget);
  }

  private static FloatArray rounded(FloatArray values, GivenForm form) {
    FloatArray rounded = FloatArray.zeros(values.shape().toArray());
    for (int i = 0; i < values.size(); i++) {
      rounded.values()[i] = form.rounded(values.values()[i]);
    }
    return rounded;
  }

  private DrawnTask withPriorOn(Quantity method) {
    return new DrawnTask(
        network,
        weights,
        rows,
        output,
        baseline,
        quadrature,
        references,
        alphas,
        prior,
        method,
        mostRows,
        memoryBudget);
  }

  private static FloatArray normal(DataRandom random, int rows, ImmutableIntArray shape) {
    FloatArray values =
        FloatArray.zeros(ImmutableIntArray.builder().add(rows).addAll(shape).build().toArray());
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
