package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;

/**
 * A convolution of sequences that keeps their length, with {@code weight} of shape {@code [width,
 * channels, filters]} and {@code bias} of shape {@code [filters]}: {@code y_t = b + Σ_d W_d x_(t +
 * d - ⌊(width - 1) / 2⌋)}, where steps before the first and after the last are zeros.
 *
 * <p>Steps that the mode says are padding count as zeros whatever they hold, so that padding gives
 * nothing to the steps beside it.
 *
 * @param filters the number of output channels, at least 1
 * @param width the number of steps that the kernel looks at, at least 1
 * @param bias whether there is a bias
 * @param weightInitializer the initial weights
 * @param biasInitializer the initial biases
 */
public record Conv1d(
    int filters,
    int width,
    boolean bias,
    Initializer weightInitializer,
    Initializer biasInitializer)
    implements Layer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code filters} or {@code width} is less than 1
   */
  public Conv1d {
    checkArgument(filters >= 1, "filters must be at least 1, found %s", filters);
    checkArgument(width >= 1, "the width of a kernel must be at least 1, found %s", width);
  }

  /**
   * A convolution with a bias, weights and biases uniform by the fan-in.
   *
   * @param filters the number of output channels, at least 1
   * @param width the number of steps that the kernel looks at, at least 1
   * @return the layer
   */
  public static Conv1d of(int filters, int width) {
    return new Conv1d(filters, width, true, Initializer.uniformFanIn(), Initializer.uniformFanIn());
  }

  /**
   * The same convolution with other initial values.
   *
   * @param weights the initial weights
   * @param biases the initial biases
   * @return the layer
   */
  public Conv1d withInitializers(Initializer weights, Initializer biases) {
    return new Conv1d(filters, width, bias, weights, biases);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    checkSequence(input);
    return ImmutableIntArray.of(input.get(0), filters);
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    int channels = input.get(1);
    int fanIn = width * channels;
    int fanOut = width * filters;
    var kernel = ImmutableIntArray.of(width, channels, filters);
    var weight = new ParameterSpec("weight", Role.WEIGHT, kernel, fanIn, fanOut, weightInitializer);
    return bias
        ? ImmutableList.of(
            weight,
            new ParameterSpec(
                "bias", Role.BIAS, ImmutableIntArray.of(filters), fanIn, fanOut, biasInitializer))
        : ImmutableList.of(weight);
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    var tf = scope.ops();
    var present = scope.mode().present(tf, inputs);
    Operand<TFloat32> sequences = present.isEmpty() ? inputs : tf.math.mul(inputs, present.get());
    // A sequence is an image of one row.
    var rows = tf.expandDims(sequences, tf.constant(1));
    var kernel = tf.expandDims(scope.parameter("weight"), tf.constant(0));
    var convolved = tf.nn.conv2d(rows, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
    Operand<TFloat32> sums = bias ? tf.nn.biasAdd(convolved, scope.parameter("bias")) : convolved;
    return tf.squeeze(sums, Squeeze.axis(List.of(1L)));
  }

  @Override
  public Conv1d withoutBiases() {
    return new Conv1d(filters, width, false, weightInitializer, biasInitializer);
  }

  /** Refuses what is not a sequence. */
  static void checkSequence(ImmutableIntArray shape) {
    checkArgument(
        shape.length() == 2,
        "the layer needs examples of shape [steps, channels], found %s",
        shape);
  }
}
