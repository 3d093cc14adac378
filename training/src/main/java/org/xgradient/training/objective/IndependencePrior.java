package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.PointChunk;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;

/**
 * A demand that the outputs do not depend on some features: {@code λ/B Σ_b Σ_k (F_k(x_b) -
 * F_k(x'_b))²}, where {@code x'_b} is {@code x_b} with the masked features of another example of
 * the batch, drawn anew in each step.
 *
 * <p>By completeness the difference is the sum of the attributions of the masked features against
 * the reference {@code x'_b}, whatever complete method computes them, so this is their mask prior
 * in closed form. Attributions against one fixed baseline say what the function reads at the rows
 * themselves; its gates can still open and close by a feature that has none. A function without
 * this difference does not change with the features at all.
 *
 * @param mask 1 for each feature to be independent of, 0 for the others, of the shape of one
 *     example
 * @param draws how many other examples each one meets in a step, at least 1
 * @param weight the weight {@code λ}, at least 0 and finite
 */
public record IndependencePrior(FloatArray mask, int draws, double weight)
    implements PriorByExample {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value of the mask is neither 0 nor 1, there is no draw,
   *     or the weight is negative or not finite
   */
  public IndependencePrior {
    WeightedPrior.checkWeight(weight);
    checkArgument(draws >= 1, "the number of draws must be at least 1, found %s", draws);
  }

  /**
   * The demand with one draw in each step.
   *
   * @param mask 1 for each feature to be independent of, 0 for the others, of the shape of one
   *     example
   * @param weight the weight, at least 0 and finite
   * @return the prior
   * @throws IllegalArgumentException if a value of the mask is neither 0 nor 1, or the weight is
   *     negative or not finite
   */
  public static IndependencePrior of(FloatArray mask, double weight) {
    return new IndependencePrior(mask, 1, weight);
  }

  @Override
  public IndependencePrior withWeight(double other) {
    return new IndependencePrior(mask, draws, other);
  }

  @Override
  public int passes() {
    return draws;
  }

  @Override
  public Operand<TFloat32> perExample(ForwardPass pass) {
    Ops tf = pass.ops().withSubScope("independence");
    var changed =
        ReferenceDistribution.batch().onlyIn(mask).draw(pass, draws, PointChunk.all(tf, draws));
    int outputs = pass.model().outputs();
    int[] examples = new int[1 + pass.model().inputShape().length()];
    examples[0] = -1;
    for (int i = 1; i < examples.length; i++) {
      examples[i] = pass.model().inputShape().get(i - 1);
    }
    var logits = pass.logitsAlongPath(tf.reshape(changed, tf.constant(examples)));
    var byDraw = tf.reshape(logits, tf.constant(new int[] {draws, -1, outputs}));
    var squares = tf.math.squaredDifference(byDraw, tf.expandDims(pass.logits(), tf.constant(0)));
    // Summed over the outputs, the mean over the draws.
    return tf.math.mul(
        tf.reduceSum(squares, tf.constant(new int[] {0, 2})), tf.constant(1f / draws));
  }
}
