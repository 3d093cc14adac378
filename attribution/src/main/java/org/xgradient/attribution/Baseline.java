package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Shapes;

/**
 * The input {@code x'} that stands for the absence of every feature; an interface where users plug
 * in their own.
 */
@FunctionalInterface
public interface Baseline {

  /**
   * Adds the operations that give the baseline of each input.
   *
   * @param tf the operations of the graph
   * @param inputs the inputs, of shape {@code [batch, ...]}
   * @return the baselines, of the shape of {@code inputs}
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs);

  /** {@return the zero baseline} */
  static Baseline zero() {
    return Constant.ZERO;
  }

  /**
   * One value for every feature.
   *
   * @param value the value
   * @return the baseline
   */
  static Baseline constant(float value) {
    return new Constant(value);
  }

  /**
   * One example for every input.
   *
   * @param example the example, of the shape of one input
   * @return the baseline; it throws {@code IllegalArgumentException} for inputs of another shape
   */
  static Baseline example(FloatArray example) {
    return new Example(example);
  }

  /**
   * The mean of some examples for every input: of the training rows, for instance.
   *
   * @param examples the examples, of shape {@code [examples, ...]}, at least one
   * @return the baseline
   * @throws IllegalArgumentException if there is no example
   */
  static Baseline mean(FloatArray examples) {
    int rows = examples.rows();
    checkArgument(rows > 0, "the mean of no examples was asked for; give at least one");
    float[] mean = new float[examples.rowSize()];
    for (int j = 0; j < mean.length; j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += examples.values()[i * mean.length + j];
      }
      mean[j] = (float) (sum / rows);
    }
    return example(FloatArray.of(mean, examples.rowShape().toArray()));
  }

  /** {@return whether this is the zero baseline, from which alone X-Gradient counts} */
  default boolean isZero() {
    return false;
  }

  /**
   * One example for every input. Those of the same values are equal, so that a graph has them once.
   *
   * @param example the example, of the shape of one input
   */
  record Example(FloatArray example) implements Baseline {

    @Override
    public Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs) {
      var shape = Shapes.batchOf(example.shape());
      checkArgument(
          inputs.shape().isCompatibleWith(shape),
          "the baseline must be of shape %s like one of the inputs, found %s",
          inputs.shape().tail(),
          example.shape());
      var row = tf.reshape(tf.constant(example.values()), tf.constant(example.shape().toArray()));
      return tf.math.add(tf.zerosLike(inputs), row);
    }
  }

  /**
   * One value for every feature.
   *
   * @param value the value
   */
  record Constant(float value) implements Baseline {

    private static final Constant ZERO = new Constant(0);

    @Override
    public Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs) {
      return value == 0 ? tf.zerosLike(inputs) : tf.fill(tf.shape(inputs), tf.constant(value));
    }

    @Override
    public boolean isZero() {
      return value == 0;
    }
  }
}
