package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.xgradient.graph.walk.OperandOrigin;

/**
 * An operation and how its inputs scale: what a rule sees.
 *
 * @param operation the operation
 * @param scalings how its inputs scale, in their order
 * @param values the values of operands, where they can be known
 * @param modelInputs the inputs of the forward pass
 * @param logits the outputs of the forward pass
 */
public record ScaledOperation(
    GraphOperation operation,
    ImmutableList<Scaling> scalings,
    OperandValues values,
    Output<?> modelInputs,
    Output<?> logits) {

  String type() {
    return operation.type();
  }

  OperationAttributeInspector attributes() {
    return operation.attributes();
  }

  int size() {
    return scalings.size();
  }

  Output<?> input(int index) {
    return operation.input(index);
  }

  Scaling scaling(int index) {
    return scalings.get(index);
  }

  double degree(int index) {
    return scalings.get(index).degree();
  }

  /** {@return the degree of the first input that is not invariant} */
  double leadingDegree() {
    return scalings.stream().mapToDouble(Scaling::degree).filter(k -> k != 0).findFirst().orElse(0);
  }

  /** {@return the values of an input, if they can be known and don't depend on the inputs} */
  Optional<double[]> values(int index) {
    return scaling(index).isIndependent() ? values.of(input(index)) : Optional.empty();
  }

  /**
   * Whether an input equals its own multiple by any positive number: it is zero or infinite
   * everywhere, and so homogeneous of every degree.
   */
  boolean isOfEveryDegree(int index) {
    return scaling(index).isInvariant() && values.isZeroOrInfinite(input(index));
  }

  /** {@return the input as it should appear in a message} */
  String describe(int index) {
    return OperandOrigin.of(input(index));
  }
}
