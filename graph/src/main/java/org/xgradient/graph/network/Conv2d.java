package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.gradient.ColumnConvolution;

/**
 * A convolution of images with zero padding, with {@code weight} of shape {@code [height, width,
 * channels, filters]} and {@code bias} of shape {@code [filters]}.
 *
 * @param filters the number of output channels, at least 1
 * @param window the size of the kernel, the stride and the padding
 * @param bias whether there is a bias
 * @param weightInitializer the initial weights
 * @param biasInitializer the initial biases
 */
public record Conv2d(
    int filters,
    Window window,
    boolean bias,
    Initializer weightInitializer,
    Initializer biasInitializer)
    implements Layer {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code filters} is less than 1
   */
  public Conv2d {
    checkArgument(filters >= 1, "filters must be at least 1, found %s", filters);
  }

  /**
   * A convolution with a bias, weights and biases uniform by the fan-in.
   *
   * @param filters the number of output channels, at least 1
   * @param window the size of the kernel, the stride and the padding
   * @return the layer
   */
  public static Conv2d of(int filters, Window window) {
    return new Conv2d(
        filters, window, true, Initializer.uniformFanIn(), Initializer.uniformFanIn());
  }

  /**
   * The same convolution with other initial values.
   *
   * @param weights the initial weights
   * @param biases the initial biases
   * @return the layer
   */
  public Conv2d withInitializers(Initializer weights, Initializer biases) {
    return new Conv2d(filters, window, bias, weights, biases);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return window.imageOfPlaces(input, filters);
  }

  @Override
  public ImmutableList<ParameterSpec> parameters(ImmutableIntArray input) {
    int channels = input.get(2);
    int area = window.height() * window.width();
    int fanIn = area * channels;
    int fanOut = area * filters;
    var kernel = ImmutableIntArray.of(window.height(), window.width(), channels, filters);
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
    // SAME saves a copy of the images where it means the same.
    boolean same = window.isSame();
    var padded = same ? inputs : Padding.around(tf, inputs, window.padding(), 0);
    var convolved = convolve(tf, padded, scope.parameter("weight"), same ? "SAME" : "VALID");
    return bias ? tf.nn.biasAdd(convolved, scope.parameter("bias")) : convolved;
  }

  private Operand<TFloat32> convolve(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> weight, String padding) {
    long stride = window.stride();
    if (!ColumnConvolution.is(images.shape(), weight.shape(), stride)) {
      return tf.nn.conv2d(images, weight, List.of(1L, stride, stride, 1L), padding);
    }
    return ColumnConvolution.lying(
            tf, images.asOutput(), weight.asOutput(), new long[] {stride, stride}, padding)
        .output(0);
  }

  @Override
  public Conv2d withoutBiases() {
    return new Conv2d(filters, window, false, weightInitializer, biasInitializer);
  }
}
