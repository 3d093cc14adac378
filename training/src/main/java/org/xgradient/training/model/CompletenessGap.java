package org.xgradient.training.model;

import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * How far attributions are from adding up, as operations of a graph: {@code Σ_i A_i - (F_t(x) -
 * F_t(x'))}, so that a model that explains itself can be held to it wherever it is served.
 */
final class CompletenessGap {

  private CompletenessGap() {}

  /**
   * Adds the operations.
   *
   * @param pass the forward pass that is explained
   * @param target the output of each example that is
   * @param method the method
   * @param attribution what it attributes, of the shape of the inputs
   * @return the gap of each example, of shape {@code [batch]}; empty for a method that is not
   *     complete
   */
  static Optional<Operand<TFloat32>> of(
      ForwardPass pass, Target target, AttributionMethod method, Operand<TFloat32> attribution) {
    return method
        .completeFrom()
        .map(
            baseline -> {
              Ops tf = pass.ops().withSubScope("completeness_gap");
              Operand<TFloat32> coefficients = target.coefficients(pass);
              Operand<TFloat32> change = explained(tf, pass.logits(), coefficients);
              if (!method.startsFromZeroOutput()) {
                var start = pass.logitsAlongPath(baseline.of(tf, pass.inputs()));
                change = tf.math.sub(change, explained(tf, start, coefficients));
              }
              int[] axes =
                  IntStream.rangeClosed(1, pass.inputs().shape().numDimensions() - 1).toArray();
              return tf.math.sub(tf.reduceSum(attribution, tf.constant(axes)), change);
            });
  }

  /** {@return {@code Σ_c t_ic F_c(x_i)}, of shape {@code [batch]}} */
  private static Operand<TFloat32> explained(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> coefficients) {
    return tf.reduceSum(tf.math.mul(logits, coefficients), tf.constant(1));
  }
}
