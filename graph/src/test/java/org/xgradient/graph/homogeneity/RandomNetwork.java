package org.xgradient.graph.homogeneity;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.xgradient.data.DataRandom;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.StatelessRandom;
import org.xgradient.graph.savedmodel.FunctionModel;

/**
 * Builds a network step by step from a random generator: of any depth, widths and activations, with
 * skip connections, concatenations, pools and products, and homogeneous by construction.
 */
final class RandomNetwork {

  private static final double HIGHEST_DEGREE = 3;
  private static final int STEPS = 17;

  private final Ops tf;
  private final DataRandom random;
  private final int rows;
  private final List<Features> earlier = new ArrayList<>();
  private Features now;

  /** A tensor of shape {@code [rows, width]} and the degree that it was built to have. */
  record Features(Operand<TFloat32> values, int width, double degree) {
    Features with(Operand<TFloat32> other) {
      return new Features(other, width, degree);
    }
  }

  RandomNetwork(Ops tf, DataRandom random, int rows, Operand<TFloat32> inputs, int width) {
    this.tf = tf;
    this.random = random;
    this.rows = rows;
    this.now = new Features(inputs, width, 1);
    earlier.add(now);
  }

  Features now() {
    return now;
  }

  void replace(Features features) {
    now = features;
    earlier.add(features);
  }

  /** The forward pass of what was built, with three logits. */
  ForwardPass pass() {
    var logits = dense(now, 3).values();
    Features inputs = earlier.get(0);
    var example = ImmutableIntArray.of(inputs.width());
    return new FunctionModel(tf, example, 3, (ops, x) -> logits).forward(inputs.values());
  }

  Operand<TFloat32> normal(double scale, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return tf.reshape(tf.constant(values), tf.constant(shape));
  }

  void grow(int steps) {
    for (int i = 0; i < steps; i++) {
      replace(step(random.nextInt(STEPS)));
    }
  }

  private Features step(int kind) {
    Operand<TFloat32> x = now.values();
    return switch (kind) {
      case 0, 1, 2, 3 -> dense(now, 4 + random.nextInt(5));
      case 4, 5 -> now.with(tf.nn.relu(x));
      case 6 -> now.with(tf.nn.leakyRelu(x));
      case 7 -> now.with(tf.math.sub(tf.math.abs(x), tf.math.mul(x, normal(1, now.width()))));
      case 8 -> joined(kind);
      case 9 -> joined(kind);
      case 10 -> concatenated();
      case 11 -> pooled(random.nextInt(4));
      case 12 -> moved(random.nextInt(5));
      case 13 -> masked();
      case 14 -> normalised();
      case 15 -> raised();
      default -> lowered();
    };
  }

  Features dense(Features features, int width) {
    var weights = normal(1 / Math.sqrt(features.width()), features.width(), width);
    return new Features(tf.linalg.matMul(features.values(), weights), width, features.degree());
  }

  /** Something earlier of the degree of now, brought to the width of now. */
  private Features peer() {
    List<Features> peers = earlier.stream().filter(f -> f.degree() == now.degree()).toList();
    return dense(peers.get(random.nextInt(peers.size())), now.width());
  }

  private Features joined(int kind) {
    Operand<TFloat32> peer = peer().values();
    if (kind == 8) {
      return now.with(tf.math.add(now.values(), peer));
    }
    return now.with(
        random.nextInt(2) == 0
            ? tf.math.maximum(now.values(), peer)
            : tf.math.minimum(now.values(), peer));
  }

  private Features concatenated() {
    var both = tf.concat(List.of(now.values(), peer().values()), tf.constant(1));
    return new Features(both, 2 * now.width(), now.degree());
  }

  private Features pooled(int kind) {
    int width = (now.width() + 1) / 2;
    var row = tf.reshape(now.values(), tf.constant(new int[] {rows, 1, now.width(), 1}));
    List<Long> window = List.of(1L, 1L, 2L, 1L);
    int[] shape = {rows, width};
    return switch (kind) {
      case 0 ->
          new Features(
              tf.reshape(
                  tf.nn.maxPool(
                      row, tf.constant(longs(window)), tf.constant(longs(window)), "SAME"),
                  tf.constant(shape)),
              width,
              now.degree());
      case 1 ->
          new Features(
              tf.reshape(tf.nn.avgPool(row, window, window, "SAME"), tf.constant(shape)),
              width,
              now.degree());
      case 2 ->
          new Features(
              tf.reduceMax(now.values(), tf.constant(1), ReduceMax.keepDims(true)),
              1,
              now.degree());
      default ->
          new Features(
              tf.pad(now.values(), tf.constant(new int[][] {{0, 0}, {1, 2}}), tf.constant(0f)),
              now.width() + 3,
              now.degree());
    };
  }

  private static int[] longs(List<Long> numbers) {
    return numbers.stream().mapToInt(Long::intValue).toArray();
  }

  private Features moved(int kind) {
    Operand<TFloat32> x = now.values();
    return switch (kind) {
      case 0 -> now.with(tf.reverse(x, tf.constant(new int[] {1})));
      case 1 -> now.with(tf.dtypes.cast(tf.dtypes.cast(x, TFloat64.class), TFloat32.class));
      case 2 ->
          now.with(tf.gather(x, tf.constant(random.permutation(now.width())), tf.constant(1)));
      case 3 ->
          now.with(
              tf.select(
                  tf.math.greater(x, tf.constant(0f)), x, tf.math.mul(x, tf.constant(-0.3f))));
      default ->
          new Features(
              tf.slice(x, tf.constant(new int[] {0, 0}), tf.constant(new int[] {rows, 1})),
              1,
              now.degree());
    };
  }

  /** Dropout with a mask that is a function of a seed. */
  private Features masked() {
    var seed = tf.constant(new long[] {random.nextLong(), 1});
    var uniform = StatelessRandom.uniform(tf, seed, "mask", tf.shape(now.values()));
    var kept = tf.dtypes.cast(tf.math.greater(uniform, tf.constant(0.2f)), TFloat32.class);
    return now.with(tf.math.mul(now.values(), kept));
  }

  /** Batch normalisation at inference with a scale and without a shift. */
  private Features normalised() {
    var zero = tf.constant(new float[now.width()]);
    return now.with(batchNormalised(tf, normal(1, now.width()), zero, zero));
  }

  Operand<TFloat32> batchNormalised(
      Ops named, Operand<TFloat32> gamma, Operand<TFloat32> beta, Operand<TFloat32> mean) {
    float[] variance = new float[now.width()];
    Arrays.fill(variance, 0.5f);
    var pixels = tf.reshape(now.values(), tf.constant(new int[] {rows, 1, 1, now.width()}));
    var output =
        RawOperation.of(named, "FusedBatchNormV3")
            .in(pixels, gamma, beta, mean, tf.constant(variance))
            .with(op -> op.setAttr("is_training", false))
            .output();
    return tf.reshape(output, tf.constant(new int[] {rows, now.width()}));
  }

  private Features raised() {
    if (2 * now.degree() > HIGHEST_DEGREE) {
      return dense(now, now.width());
    }
    if (random.nextInt(2) == 0) {
      return new Features(tf.math.square(tf.nn.relu(now.values())), now.width(), 2 * now.degree());
    }
    Features other = dense(earlier.get(random.nextInt(earlier.size())), now.width());
    return new Features(
        tf.math.mul(now.values(), other.values()), now.width(), now.degree() + other.degree());
  }

  private Features lowered() {
    if (now.degree() < 2) {
      return now.with(tf.math.neg(now.values()));
    }
    return new Features(tf.math.sqrt(tf.math.abs(now.values())), now.width(), now.degree() / 2);
  }
}
