package org.xgradient.training.objective;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Network;

/** Every prior, with a plain re-implementation straight from its formula. */
final class PriorCases {

  /**
   * A prior and what it should compute.
   *
   * @param prior the prior
   * @param shape the shape of one example that it applies to
   * @param plain its value for attributions of shape {@code [batch, ...]}
   */
  record Case(Prior prior, ImmutableIntArray shape, ToDoubleFunction<FloatArray> plain) {

    /** A network without biases on inputs of that shape, and with a curved activation. */
    Network network() {
      int features = shape.stream().reduce(1, Math::multiplyExact);
      Network flat = Networks.mlp(features, 1, Activation.TANH, 5, 4);
      return flat.withoutBiases();
    }
  }

  private static final FloatArray LAPLACIAN =
      FloatArray.of(
          new float[] {
            2, -2, 0, 0, 0, 0, //
            -2, 5, -3, 0, 0, 0, //
            0, -3, 3.5f, -0.5f, 0, 0, //
            0, 0, -0.5f, 0.5f, 0, 0, //
            0, 0, 0, 0, 1, -1, //
            0, 0, 0, 0, -1, 1
          },
          6,
          6);

  private static final FloatArray MASK = FloatArray.of(new float[] {1, 0, 0.5f, 0, 0, 1}, 6);

  private static final List<ImmutableIntArray> GROUPS =
      List.of(ImmutableIntArray.of(0, 2, 5), ImmutableIntArray.of(1), ImmutableIntArray.of(5, 3));

  /** By the name of the factory in {@link Priors}. */
  static final ImmutableMap<String, Case> ALL =
      ImmutableMap.<String, Case>builder()
          .put("gini", flat(Priors.gini(), PriorCases::gini))
          .put("laplacian", flat(Priors.laplacian(LAPLACIAN), PriorCases::laplacian))
          .put("mask", flat(Priors.mask(MASK), PriorCases::mask))
          .put("l1", flat(Priors.l1(), PriorCases::l1))
          .put("l2", flat(Priors.l2(), PriorCases::l2))
          .put("groups", flat(Priors.groups(GROUPS), PriorCases::groups))
          .put(
              "totalVariation",
              new Case(
                  Priors.totalVariation(),
                  ImmutableIntArray.of(4, 3, 2),
                  PriorCases::totalVariation))
          .buildOrThrow();

  private PriorCases() {}

  private static Case flat(Prior prior, ToDoubleFunction<FloatArray> plain) {
    return new Case(prior, ImmutableIntArray.of(6), plain);
  }

  private static double[] meanAbsolute(FloatArray attributions) {
    double[] mean = new double[attributions.rowSize()];
    for (int i = 0; i < attributions.size(); i++) {
      mean[i % mean.length] += Math.abs(attributions.values()[i]) / attributions.rows();
    }
    return mean;
  }

  private static double gini(FloatArray attributions) {
    double[] a = meanAbsolute(attributions);
    double differences = 0;
    double sum = 0;
    for (double one : a) {
      sum += one;
      for (double other : a) {
        differences += Math.abs(one - other);
      }
    }
    return -differences / (2 * a.length * sum);
  }

  private static double laplacian(FloatArray attributions) {
    double[] a = meanAbsolute(attributions);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        // Off the diagonal the Laplacian holds the negative weights of the pairs.
        sum -= 0.5 * LAPLACIAN.values()[i * a.length + j] * Math.pow(a[i] - a[j], 2);
      }
    }
    return sum;
  }

  private static double mask(FloatArray attributions) {
    double sum = 0;
    for (int i = 0; i < attributions.size(); i++) {
      sum += Math.pow(MASK.values()[i % MASK.size()] * attributions.values()[i], 2);
    }
    return sum / attributions.rows();
  }

  private static double l1(FloatArray attributions) {
    double sum = 0;
    for (float attribution : attributions.values()) {
      sum += Math.abs(attribution);
    }
    return sum / attributions.size();
  }

  private static double l2(FloatArray attributions) {
    double sum = 0;
    for (double mean : meanAbsolute(attributions)) {
      sum += mean * mean;
    }
    return Math.sqrt(sum);
  }

  private static double groups(FloatArray attributions) {
    double[] a = meanAbsolute(attributions);
    double sum = 0;
    for (ImmutableIntArray group : GROUPS) {
      double squares = group.stream().mapToDouble(i -> a[i] * a[i]).sum();
      sum += Math.sqrt(group.length()) * Math.sqrt(squares);
    }
    return sum;
  }

  private static double totalVariation(FloatArray attributions) {
    int height = attributions.shape().get(1);
    int width = attributions.shape().get(2);
    int channels = attributions.shape().get(3);
    float[] values = attributions.values();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width % height;
      if (x + 1 < width) {
        sum += Math.abs((double) values[i + channels] - values[i]);
      }
      if (y + 1 < height) {
        sum += Math.abs((double) values[i + channels * width] - values[i]);
      }
    }
    return sum / attributions.rows();
  }
}
