package org.xgradient.graph.graphdef;

import com.google.common.primitives.Ints;
import org.xgradient.data.DataException;

/**
 * A tensor in a GraphDef, which writes it {@code operation:output}, or {@code operation} for the
 * first output.
 *
 * @param operation the name of the operation
 * @param output which of its outputs, from 0
 */
public record TensorName(String operation, int output) {

  /** {@return the first output of an operation} */
  public static TensorName of(String operation) {
    return new TensorName(operation, 0);
  }

  /** {@return the tensor that a data input names} */
  public static TensorName parse(String input) {
    int colon = input.lastIndexOf(':');
    if (colon < 0) {
      return of(input);
    }
    Integer output = Ints.tryParse(input.substring(colon + 1));
    if (output == null || output < 0) {
      throw new DataException("the graph is damaged: '" + input + "' names no tensor");
    }
    return new TensorName(input.substring(0, colon), output);
  }

  /** {@return whether an input only says what runs first} */
  static boolean isControl(String input) {
    return input.startsWith("^");
  }

  @Override
  public String toString() {
    return output == 0 ? operation : operation + ":" + output;
  }
}
