package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.StatelessRandom;

/**
 * Sets each value to zero with a probability, and scales the others so that the mean stays; in
 * inference the identity. With its mask fixed it is linear (Srivastava et al. 2014).
 *
 * @param rate the probability that a value is dropped, in {@code [0, 1)}
 */
public record Dropout(float rate) implements Layer {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException if it is not in {@code [0, 1)}
   */
  public Dropout {
    checkArgument(rate >= 0 && rate < 1, "rate must be in [0, 1), found %s", rate);
  }

  @Override
  public ImmutableIntArray outputShape(ImmutableIntArray input) {
    return input;
  }

  @Override
  public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> inputs) {
    if (rate == 0 || scope.mode().seed().isEmpty()) {
      return inputs;
    }
    var tf = scope.ops();
    var seed = scope.mode().seed().get();
    var examples = Shapes.rows(tf, scope.mode().maskBatch(inputs));

    Shape shape = inputs.shape();
    int[] features = new int[shape.numDimensions() - 1];
    for (int i = 0; i < features.length; i++) {
      features[i] = Math.toIntExact(shape.get(i + 1));
    }
    var maskShape = tf.concat(List.of(examples, tf.constant(features)), tf.constant(0));
    var uniform = StatelessRandom.uniform(tf, seed, "dropout " + scope.path(), maskShape);
    var kept = tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    var mask = tf.math.mul(kept, tf.constant(1 / (1 - rate)));

    // Points of a path are stacked point by point, so that whole copies of the mask fit them.
    int[] ones = new int[features.length];
    Arrays.fill(ones, 1);
    var copies = tf.math.div(Shapes.rows(tf, inputs), examples);
    var tiles = tf.concat(List.of(copies, tf.constant(ones)), tf.constant(0));
    return tf.math.mul(inputs, tf.tile(mask, tiles));
  }
}
