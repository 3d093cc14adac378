package org.xgradient.training.step;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.PathMethod;
import org.xgradient.attribution.PointChunk;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.optimizer.Slots;

/**
 * A prior whose attributions are computed in parts.
 *
 * <p>Its gradient with respect to the parameters is that of {@code Σ D A}, where {@code D = ∂(λ Ω)
 * / ∂A} at the attributions of the whole batch is taken as a constant. That sum falls into parts:
 * examples, and for a path method its points.
 */
final class PartialPrior {

  private final int index;
  private final int points;
  private final @Nullable PointChunk chunk;
  private final Operand<TFloat32> attributions;
  private final Placeholder<TFloat32> derivative;
  private final Operand<TFloat32> linear;
  private final Placeholder<TFloat32> whole;
  private final Placeholder<TFloat32> weight;
  private final Operand<TFloat32> penalty;
  private final Operand<TFloat32> wholeDerivative;

  /** The prior that is the index-th of its objective. */
  PartialPrior(Ops tf, ForwardPass pass, AttributionPrior prior, int index) {
    this.index = index;
    Operand<TFloat32> part;
    if (prior.method() instanceof PathMethod path) {
      points = path.points();
      chunk = PointChunk.fed(tf);
      part = path.contribution(pass, prior.target().coefficients(pass), chunk);
    } else {
      points = 1;
      chunk = null;
      part = prior.method().attribute(pass, prior.target());
    }
    attributions = AttributionPrior.withShape(tf, pass, part);

    var shape = Placeholder.shape(Shapes.batchOf(pass.model().inputShape()));
    derivative = tf.withName("derivative").placeholder(TFloat32.class, shape);
    var products = tf.math.mul(derivative, attributions);
    linear = tf.reduceSum(products, tf.constant(axes(pass)));

    whole = tf.withName("attributions").placeholder(TFloat32.class, shape);
    weight = Slots.scalar(tf, "prior_weight");
    penalty = prior.prior().penalty(tf, whole);
    wholeDerivative = Gradients.of(tf, tf.math.mul(weight, penalty), whole);
  }

  private static int[] axes(ForwardPass pass) {
    int[] axes = new int[1 + pass.model().inputShape().length()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return axes;
  }

  /** {@return whether the attributions are those of a path, summed over chunks of its points} */
  boolean isPath() {
    return chunk != null;
  }

  int index() {
    return index;
  }

  int points() {
    return points;
  }

  /** {@return the attributions of a part, or what a chunk of points contributes to them} */
  Operand<TFloat32> attributions() {
    return attributions;
  }

  /** {@return the scalar whose gradient is the prior's, of a part} */
  Operand<TFloat32> linear() {
    return linear;
  }

  /** {@return the penalty of the attributions of the whole batch, fed} */
  Operand<TFloat32> penalty() {
    return penalty;
  }

  /** {@return the derivative of the weighted penalty by the attributions of the whole batch} */
  Operand<TFloat32> wholeDerivative() {
    return wholeDerivative;
  }

  Feeds feedChunk(Feeds feeds, int from, int count) {
    return chunk == null ? feeds : feeds.withInt(chunk.from(), from).withInt(chunk.count(), count);
  }

  Feeds feedDerivative(Feeds feeds, FloatArray rows) {
    return feeds.with(derivative, rows);
  }

  Feeds feedWhole(Feeds feeds, FloatArray all, double lambda) {
    return feeds.with(whole, all).withScalar(weight, (float) lambda);
  }
}
