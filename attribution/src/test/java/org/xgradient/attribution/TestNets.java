package org.xgradient.attribution;

import org.apache.commons.math3.random.MersenneTwister;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;

/** Networks and rows for tests. */
final class TestNets {

  static final int FEATURES = 6;
  static final int CLASSES = 3;

  private TestNets() {}

  static Network regular() {
    return Networks.mlp(FEATURES, CLASSES, 16, 8);
  }

  static Network homogeneous() {
    return regular().withoutBiases();
  }

  /** Standard normal rows. */
  static FloatArray rows(int rows, int features, int seed) {
    var random = new MersenneTwister(seed);
    float[] values = new float[rows * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatArray.of(values, rows, features);
  }

  static FloatArray rows(int rows, int seed) {
    return rows(rows, FEATURES, seed);
  }
}
