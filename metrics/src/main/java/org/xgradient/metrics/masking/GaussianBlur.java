package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/**
 * Masked pixels become those of the blurred image: a convolution with a Gaussian kernel, reflected
 * at the edges without repeating them.
 *
 * <p>The kernel is a product of one for each axis, so the image is blurred along its height, then
 * along its width. Each is a matrix product with the matrix of the convolution and its reflection.
 *
 * @param size the width of the kernel in pixels, odd and at least 1; half of it, rounded down, is
 *     reflected, and must be less than the height and the width of the images
 * @param sigma the parameter of the kernel in pixels, positive
 * @param kernel the form of the kernel
 */
public record GaussianBlur(int size, double sigma, Kernel kernel) implements Fill {

  /** The form of a kernel; with {@code d} the distance from its centre, normalized to sum 1. */
  public enum Kernel {
    /**
     * {@code exp(-(d / 2σ)²)}, which the code of the paper computes: its standard deviation is
     * {@code √2 σ}.
     */
    PAPER,
    /** {@code exp(-d² / 2σ²)}, whose standard deviation is {@code σ}. */
    TEXTBOOK;

    double weight(double distance, double sigma) {
      double scaled = distance / sigma;
      return Math.exp(-scaled * scaled / (this == PAPER ? 4 : 2));
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the size is even or less than 1, or sigma is not positive
   */
  public GaussianBlur {
    checkArgument(
        size >= 1 && size % 2 == 1, "the kernel size must be odd and at least 1, found %s", size);
    checkArgument(sigma > 0, "sigma must be positive, found %s", sigma);
  }

  /** {@return the blur of the paper: 51 pixels, sigma 41, its kernel} */
  public static GaussianBlur withDefaults() {
    return new GaussianBlur(51, 41, Kernel.PAPER);
  }

  /**
   * This blur, or one that fits smaller images: with the largest kernel that they allow, and sigma
   * smaller in proportion. Numbers from different kernels can't be compared.
   *
   * @param height the height of the images in pixels, at least 1
   * @param width the width of the images in pixels, at least 1
   * @return the blur
   */
  public GaussianBlur fitting(int height, int width) {
    int largest = 2 * Math.min(height, width) - 1;
    return size <= largest ? this : new GaussianBlur(largest, sigma * largest / size, kernel);
  }

  /** {@return the weights of the kernel along one axis} */
  public ImmutableDoubleArray weights() {
    double[] weights = new double[size];
    double sum = 0;
    for (int u = 0; u < size; u++) {
      weights[u] = kernel.weight(u - reflected(), sigma);
      sum += weights[u];
    }
    for (int u = 0; u < size; u++) {
      weights[u] /= sum;
    }
    return ImmutableDoubleArray.copyOf(weights);
  }

  /** The number of pixels that are reflected at each edge. */
  private int reflected() {
    return size / 2;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the inputs are not images of shape {@code [batch, height,
   *     width, channels]}, or they are too small for the kernel
   */
  @Override
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> inputs) {
    var shape = inputs.shape();
    checkArgument(
        shape.numDimensions() == 4,
        "a blur needs images of shape [batch, height, width, channels], found %s; use Fill.mean or"
            + " Fill.constant",
        shape);
    int height = Math.toIntExact(shape.get(1));
    int width = Math.toIntExact(shape.get(2));
    int channels = Math.toIntExact(shape.get(3));
    checkFits(height, width);
    Ops scope = tf.withSubScope("gaussian_blur");
    var blurred = alongFirst(scope, inputs, height, width * channels);
    var turned = turn(scope, blurred, height, width, channels);
    var twice = alongFirst(scope, turned, width, height * channels);
    return turn(scope, twice, width, height, channels);
  }

  private void checkFits(int height, int width) {
    GaussianBlur fitting = fitting(height, width);
    checkArgument(
        fitting.equals(this),
        "a kernel of %s pixels reflects %s and needs images of at least %s x %s, found %s x %s; a"
            + " kernel of %s with sigma %s would fit: see GaussianBlur.fitting",
        size,
        reflected(),
        reflected() + 1,
        reflected() + 1,
        height,
        width,
        fitting.size,
        fitting.sigma);
  }

  /** Blurs along the first axis of {@code [batch, length, others]}. */
  private Operand<TFloat32> alongFirst(Ops tf, Operand<TFloat32> images, int length, int others) {
    FloatArray matrix = matrix(length);
    var weights = tf.reshape(tf.constant(matrix.values()), tf.constant(new int[] {length, length}));
    var columns = tf.reshape(images, tf.constant(new int[] {-1, length, others}));
    return tf.train.batchMatMul(weights, columns, TFloat32.class);
  }

  /** Exchanges height and width. */
  private static Operand<TFloat32> turn(
      Ops tf, Operand<TFloat32> images, int height, int width, int channels) {
    var shaped = tf.reshape(images, tf.constant(new int[] {-1, height, width, channels}));
    return tf.linalg.transpose(shaped, tf.constant(new int[] {0, 2, 1, 3}));
  }

  /** The convolution with reflection as a matrix: row i holds the weights of output i. */
  private FloatArray matrix(int length) {
    ImmutableDoubleArray weights = weights();
    double[] matrix = new double[length * length];
    for (int i = 0; i < length; i++) {
      for (int u = 0; u < size; u++) {
        int source = Math.abs(i + u - reflected());
        int inside = source < length ? source : 2 * (length - 1) - source;
        matrix[i * length + inside] += weights.get(u);
      }
    }
    float[] values = new float[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i];
    }
    return FloatArray.of(values, length, length);
  }
}
