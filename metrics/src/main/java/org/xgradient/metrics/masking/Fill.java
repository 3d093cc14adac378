package org.xgradient.metrics.masking;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.Baseline;
import org.xgradient.data.FloatArray;

/**
 * What masked pixels become; an interface where users plug in their own.
 *
 * <p>{@link GaussianBlur} is the one of the paper for images. Tables have no neighbours to blur:
 * {@link #mean} takes its place.
 */
@FunctionalInterface
public interface Fill {

  /**
   * Adds the operations that give the values that masked pixels take. They must be a function of
   * the inputs alone.
   *
   * @param tf the operations of the graph
   * @param inputs the inputs, of shape {@code [batch, ...]}, all sizes known but that of the batch
   * @return the values, of the shape of {@code inputs}
   * @throws IllegalArgumentException if there are no such values for inputs of this shape
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs);

  /**
   * One value for every pixel and channel: 0 is the mean color of normalized images.
   *
   * @param value the value
   * @return the fill
   */
  static Fill constant(float value) {
    return baseline(Baseline.constant(value));
  }

  /**
   * The mean of some examples: of the training rows of a table, for instance.
   *
   * @param examples the examples, of shape {@code [examples, ...]}, at least one
   * @return the fill
   * @throws IllegalArgumentException if there is no example
   */
  static Fill mean(FloatArray examples) {
    return baseline(Baseline.mean(examples));
  }

  /**
   * The baseline of a method.
   *
   * @param baseline the baseline
   * @return the fill
   */
  static Fill baseline(Baseline baseline) {
    return baseline::of;
  }
}
