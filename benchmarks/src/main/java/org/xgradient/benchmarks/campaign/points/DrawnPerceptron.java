package org.xgradient.benchmarks.campaign.points;

import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;

/**
 * A random network of ReLUs with one output: weights normal with variance 2 over the fan-in, biases
 * standard normal, so that a path from zero crosses kinks in every layer.
 */
final class DrawnPerceptron {

  private static final int FEATURES = 26;
  private static final int[][] HIDDEN = {{64}, {64, 32}, {128, 64, 32}};

  private DrawnPerceptron() {}

  /** {@return what such networks are, for a title} */
  static String description() {
    return "%d inputs, one output, 64, 64-32 or 128-64-32 hidden units".formatted(FEATURES);
  }

  /**
   * Builds a network.
   *
   * @param session where to
   * @param seed of its parameters; the architectures follow one another
   */
  static NetworkModel build(GraphSession session, long seed) {
    int[] hidden = HIDDEN[Math.floorMod(seed, HIDDEN.length)];
    NetworkModel model = Networks.mlp(FEATURES, 1, hidden).build(session, seed);
    for (Parameter parameter : model.parameters()) {
      FloatArray values = FloatArray.zeros(parameter.shape().toArray());
      boolean bias = parameter.role() == Parameter.Role.BIAS;
      double deviation = bias ? 1 : Math.sqrt(2.0 / values.shape().get(0));
      DataRandom random = new DataRandom(Seeds.derive(seed, parameter.name()));
      for (int i = 0; i < values.size(); i++) {
        values.values()[i] = (float) (deviation * random.nextGaussian());
      }
      parameter.assign(session, values);
    }
    return model;
  }
}
