package org.xgradient.graph.homogeneity.rules;

import java.util.Optional;
import org.tensorflow.Output;

/** The values of operands that do not depend on the inputs of a forward pass. */
public interface OperandValues {

  /**
   * The values of an operand.
   *
   * @param operand the operand
   * @return the values in row-major order, or nothing if they can't be known
   */
  Optional<double[]> of(Output<?> operand);

  /**
   * {@return whether an operand is known to be zero everywhere}
   *
   * @param operand the operand
   */
  boolean isZero(Output<?> operand);

  /**
   * {@return whether an operand is known to be zero or infinite everywhere, and so to equal its own
   * multiple by any positive number}
   *
   * @param operand the operand
   */
  boolean isZeroOrInfinite(Output<?> operand);
}
