package org.xgradient.graph.walk;

import java.util.Collection;
import org.tensorflow.GraphOperation;

/** How coarse the numbers are with which operations compute. */
public final class Rounding {

  private static final double HALF = 0x1p-10;
  private static final double BFLOAT16 = 0x1p-7;

  private Rounding() {}

  /**
   * The coarsest of some operations.
   *
   * @param operations the operations
   * @return the distance from 1 to the next number of their type, at least that of floats
   */
  public static double of(Collection<GraphOperation> operations) {
    return operations.stream().mapToDouble(Rounding::of).max().orElse(Math.ulp(1f));
  }

  private static double of(GraphOperation operation) {
    double coarsest = Math.ulp(1f);
    for (int i = 0; i < operation.numOutputs(); i++) {
      coarsest =
          Math.max(
              coarsest,
              switch (operation.output(i).dataType()) {
                case DT_HALF -> HALF;
                case DT_BFLOAT16 -> BFLOAT16;
                default -> Math.ulp(1f);
              });
    }
    return coarsest;
  }
}
