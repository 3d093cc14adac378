package org.xgradient.attribution;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Target;

/**
 * A way to attribute the output of a model to its inputs; an interface where users plug in their
 * own.
 *
 * <p>An implementation builds operations and runs none, and the operations it builds can be
 * differentiated with respect to the model's parameters. So the same method serves the {@link
 * Attributor}, an attribution prior in a training loss, and a signature of an exported SavedModel.
 */
@FunctionalInterface
public interface AttributionMethod {

  /**
   * Adds the operations that attribute a target output to the inputs.
   *
   * @param pass the forward pass to explain
   * @param target the output of each example to explain
   * @return the attributions, of the shape of {@code pass.inputs()}
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  Operand<TFloat32> attribute(ForwardPass pass, Target target);

  /**
   * The baseline at which the attributions of this method start to count: they add up to the output
   * at the inputs less that at the baseline, exactly or in the limit.
   *
   * @return the baseline; empty for a method that does not satisfy completeness
   */
  default Optional<Baseline> completeFrom() {
    return Optional.empty();
  }

  /**
   * Whether every model to which this method applies gives zero at the baseline, so that the output
   * there need not be computed.
   *
   * @return false, unless a method knows better
   */
  default boolean startsFromZeroOutput() {
    return false;
  }
}
