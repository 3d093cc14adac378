package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.UnaryOperator;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;

/**
 * How much an attribution changes under small changes of the input: the largest {@code ‖A(y) -
 * A(x)‖ / ‖A(x)‖} over inputs {@code y} with {@code |y_i - x_i| ≤ r}, in Euclidean norms.
 *
 * <p>At least 0; lower is better. Estimated from below, as the largest of some samples. The
 * quotient is 0 where the attribution is 0 at {@code x} and at {@code y}, and infinite where it is
 * 0 at {@code x} alone; the definition of the paper has no denominator, so that it depends on the
 * scale of the attributions: {@link #absolute}.
 *
 * @param radius the radius {@code r}, positive, in the unit of the inputs
 * @param samples the number of samples for each input, at least 1
 * @param seed what they are drawn from
 * @see <a href="https://arxiv.org/abs/1901.09392">Yeh et al. (2019), On the (in)fidelity and
 *     sensitivity of explanations, Def. 3.1</a>
 */
public record MaxSensitivity(double radius, int samples, long seed) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public MaxSensitivity {
    checkArgument(radius > 0, "the radius must be positive, found %s", radius);
    checkArgument(samples >= 1, "there must be at least 1 sample, found %s", samples);
  }

  /**
   * The relative sensitivity of a method.
   *
   * @param inputs the inputs {@code x}, of shape {@code [rows, ...]}
   * @param method gives the attributions of inputs, of the same shape and in the same order
   * @return the sensitivity at each row
   */
  public double[] relative(FloatArray inputs, UnaryOperator<FloatArray> method) {
    FloatArray at = method.apply(inputs);
    double[] sensitivities = largestChange(inputs, at, method);
    for (int row = 0; row < sensitivities.length; row++) {
      double norm = distance(at, FloatArray.zeros(at.shape().toArray()), row);
      sensitivities[row] = sensitivities[row] == 0 ? 0 : sensitivities[row] / norm;
    }
    return sensitivities;
  }

  /**
   * The sensitivity of a method without the denominator, as the paper defines it.
   *
   * @param inputs the inputs {@code x}, of shape {@code [rows, ...]}
   * @param method gives the attributions of inputs, of the same shape and in the same order
   * @return the sensitivity at each row
   */
  public double[] absolute(FloatArray inputs, UnaryOperator<FloatArray> method) {
    return largestChange(inputs, method.apply(inputs), method);
  }

  private double[] largestChange(
      FloatArray inputs, FloatArray at, UnaryOperator<FloatArray> method) {
    AttributionChecks.requireSameShape("the inputs", inputs, "the attributions", at);
    double[] largest = new double[inputs.rows()];
    for (int sample = 0; sample < samples; sample++) {
      FloatArray near = method.apply(near(inputs, sample));
      AttributionChecks.requireFinite("the attributions", near);
      for (int row = 0; row < largest.length; row++) {
        largest[row] = Math.max(largest[row], distance(at, near, row));
      }
    }
    return largest;
  }

  private FloatArray near(FloatArray inputs, int sample) {
    var random = new DataRandom(Seeds.derive(seed, "max-sensitivity", sample));
    float[] values = inputs.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (radius * (2 * random.nextDouble() - 1));
    }
    return FloatArray.of(values, inputs.shape().toArray());
  }

  private static double distance(FloatArray first, FloatArray second, int row) {
    double sum = 0;
    int size = first.rowSize();
    for (int i = row * size; i < (row + 1) * size; i++) {
      double difference = (double) first.values()[i] - second.values()[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
