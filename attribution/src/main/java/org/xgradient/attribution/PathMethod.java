package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * A method that sums gradients at several points for each example: the points of a path, or points
 * drawn at random.
 *
 * <p>The attribution is the sum of the contributions of any partition of the points into chunks.
 * That lets a runner trade memory for time, and a trainer go back through one chunk at a time.
 */
public interface PathMethod extends AttributionMethod {

  /** {@return the number of points for each example, at least 1} */
  int points();

  /**
   * Adds the operations that compute what some of the points contribute to the attribution.
   *
   * @param pass the forward pass to explain
   * @param coefficients the coefficients of the target, of shape {@code [batch, outputs]}
   * @param chunk which points
   * @return the contributions, of the shape of {@code pass.inputs()}
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  Operand<TFloat32> contribution(
      ForwardPass pass, Operand<TFloat32> coefficients, PointChunk chunk);

  /** All points stacked into one batch of {@code points() * batch} rows. */
  @Override
  default Operand<TFloat32> attribute(ForwardPass pass, Target target) {
    return contribution(pass, target.coefficients(pass), PointChunk.all(pass.ops(), points()));
  }
}
