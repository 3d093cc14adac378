package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xgradient.graph.network.Network;

/** A network with its weights, computed by a {@link Tape}. */
final class PlainNetwork {

  private final Tape tape = new Tape();
  private final Network network;
  private final ImmutableList<double[]> weights;

  /**
   * Takes a network.
   *
   * @param network the description
   * @param weights the values of its parameters, in their order
   */
  PlainNetwork(Network network, List<double[]> weights) {
    this.network = network;
    this.weights = ImmutableList.copyOf(weights);
  }

  /**
   * What is known at one point.
   *
   * @param logits the logits
   * @param gradient the gradient of the explained output by the inputs
   * @param byWeights the gradient of the explained output by all weights, one parameter after
   *     another
   * @param byWeightsAlong the gradient by all weights of the derivative of the explained output
   *     along the direction
   * @param closestChoice how close the closest choice was
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Point(
      double[] logits,
      double[] gradient,
      double[] byWeights,
      double[] byWeightsAlong,
      double closestChoice) {}

  /**
   * Computes all at one point.
   *
   * @param x the point
   * @param direction the direction of second derivatives
   * @param coefficients the factor of each logit in the explained output
   */
  Point at(double[] x, double[] direction, double[] coefficients) {
    tape.clear();
    int[] inputs = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      inputs[i] = tape.given(x[i], direction[i]);
    }
    List<int[]> parameters = new ArrayList<>();
    int count = 0;
    for (double[] values : weights) {
      parameters.add(Arrays.stream(values).mapToInt(tape::constant).toArray());
      count += values.length;
    }
    int[] logits =
        new PlainLayers(tape, parameters.iterator())
            .apply(network.layers(), new PlainLayers.Values(network.inputShape(), inputs))
            .nodes();
    Tape.Gradient gradient = tape.back(logits, coefficients);
    return new Point(
        Arrays.stream(logits).mapToDouble(tape::value).toArray(),
        Arrays.copyOf(gradient.values(), x.length),
        Arrays.copyOfRange(gradient.values(), x.length, x.length + count),
        Arrays.copyOfRange(gradient.tangents(), x.length, x.length + count),
        tape.closestChoice());
  }
}
