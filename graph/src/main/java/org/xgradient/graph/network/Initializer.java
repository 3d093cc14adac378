package org.xgradient.graph.network;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/** Initial values of a parameter; an interface where users plug in their own. */
@FunctionalInterface
public interface Initializer {

  /**
   * Draws the initial values.
   *
   * @param values where to put the values, in row-major order; outside of the Java heap, which a
   *     large parameter need not fit
   * @param fanIn the number of inputs that meet in one output
   * @param fanOut the number of outputs that one input reaches
   * @param random the source of randomness
   */
  void fill(FloatDataBuffer values, int fanIn, int fanOut, RandomGenerator random);

  /**
   * A constant.
   *
   * @param value the value
   * @return the initializer
   */
  static Initializer constant(float value) {
    return (values, fanIn, fanOut, random) -> fillEach(values, () -> value);
  }

  /**
   * Uniform on {@code [-1/√(fan_in), 1/√(fan_in)]}: the default of PyTorch's linear and
   * convolutional layers, and that of the paper's experiments.
   *
   * @return the initializer
   */
  static Initializer uniformFanIn() {
    return (values, fanIn, fanOut, random) -> {
      double bound = 1 / Math.sqrt(fanIn);
      fillEach(values, () -> bound * (2 * random.nextDouble() - 1));
    };
  }

  /**
   * Normal with standard deviation {@code √(2/fan_in)}, which keeps the variance of activations
   * through ReLU layers (He et al. 2015, Eq. 10).
   *
   * @return the initializer
   */
  static Initializer heNormal() {
    return (values, fanIn, fanOut, random) -> fillNormal(values, Math.sqrt(2.0 / fanIn), random);
  }

  /**
   * Normal with standard deviation {@code s √(2/fan_out)}: with {@code s = L^(-1/4)} or {@code
   * L^(-1/2)} the initialization of the blocks of a Fixup network with {@code L} blocks (Zhang et
   * al. 2019, Sec. 3).
   *
   * @param scale the factor {@code s}
   * @return the initializer
   */
  static Initializer normalFanOut(double scale) {
    return (values, fanIn, fanOut, random) ->
        fillNormal(values, scale * Math.sqrt(2.0 / fanOut), random);
  }

  private static void fillNormal(FloatDataBuffer values, double deviation, RandomGenerator random) {
    fillEach(values, () -> deviation * random.nextGaussian());
  }

  private static void fillEach(FloatDataBuffer values, DoubleSupplier next) {
    for (long i = 0; i < values.size(); i++) {
      values.setFloat((float) next.getAsDouble(), i);
    }
  }
}
