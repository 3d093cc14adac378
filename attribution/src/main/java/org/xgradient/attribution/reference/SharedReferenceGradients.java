package org.xgradient.attribution.reference;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.ExpectedGradients;
import org.xgradient.attribution.ReferenceDistribution;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.StatelessRandom;
import org.xgradient.graph.Target;

/**
 * Expected Gradients with one reference, as in FAA, Table 3: consecutive examples share a reference
 * and an {@code α}, two at a time there, because that was the size of the batches.
 *
 * <p>For each example the same in expectation as {@link ExpectedGradients} with one draw from
 * {@link ReferenceDistribution#uniform}; only the examples of a group are not independent. Batches
 * should be multiples of the group, or the last group of each is smaller.
 *
 * @param references the references, of shape {@code [references, ...]}, at least one: the
 *     validation images in the paper
 * @param group the number of consecutive examples that share, at least 1; 2 in the paper
 */
public record SharedReferenceGradients(FloatArray references, int group)
    implements AttributionMethod {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no reference, or the group is less than 1
   */
  public SharedReferenceGradients {
    checkArgument(references.rows() > 0, "there must be at least one reference, found none");
    checkArgument(group >= 1, "the group must be at least 1 example, found %s", group);
  }

  @Override
  public Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    Ops tf = pass.ops().withSubScope("shared_reference_gradients");
    checkArgument(
        references.rowShape().equals(pass.model().inputShape()),
        "references must be of shape [rows, %s] like the inputs, found %s",
        pass.model().inputShape(),
        references.shape());
    var rows = Shapes.rows(tf, pass.inputs());
    var groupOfRow =
        tf.math.floorDiv(
            tf.range(tf.constant(0), tf.squeeze(rows), tf.constant(1)), tf.constant(group));

    var index =
        StatelessRandom.uniformInt(
            tf, pass.seed(), "shared reference", rows, tf.constant(references.rows()));
    var alpha = StatelessRandom.uniform(tf, pass.seed(), "shared reference alpha", rows);
    var table =
        tf.reshape(tf.constant(references.values()), tf.constant(references.shape().toArray()));
    var drawn = tf.gather(table, tf.gather(index, groupOfRow, tf.constant(0)), tf.constant(0));
    var alphas = tf.reshape(tf.gather(alpha, groupOfRow, tf.constant(0)), perRow(tf, pass));

    // (x - x') ∂F(x' + α (x - x'))
    var path = tf.math.sub(pass.inputs(), drawn);
    var points = tf.math.add(drawn, tf.math.mul(alphas, path));
    var logits = pass.logitsAlongPath(points);
    var gradients = Gradients.of(tf, logits, target.coefficients(pass), List.of(points)).get(0);
    return tf.math.mul(path, gradients);
  }

  private static Operand<TInt32> perRow(Ops tf, ForwardPass pass) {
    int[] shape = new int[1 + pass.model().inputShape().length()];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return tf.constant(shape);
  }
}
