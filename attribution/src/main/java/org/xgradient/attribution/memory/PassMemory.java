package org.xgradient.attribution.memory;

import org.tensorflow.ndarray.Shape;
import org.xgradient.graph.ForwardPass;

/**
 * An estimate of the memory that one row takes in a forward and backward pass.
 *
 * <p>The values of a pass are kept until its gradient has used them, and the gradient of each is as
 * large as the value. Operations that only rename or reshape share the memory of their input.
 */
public final class PassMemory {

  private PassMemory() {}

  /**
   * {@return the bytes for each row of the pass, at least 1}
   *
   * @param pass the pass
   */
  public static long bytesPerRow(ForwardPass pass) {
    long values = 0;
    for (Shape shape : pass.valueShapes()) {
      values += elementsPerRow(shape);
    }
    return Math.max(1, 2 * values * Float.BYTES);
  }

  private static long elementsPerRow(Shape shape) {
    if (shape.isUnknown() || shape.numDimensions() == 0) {
      return 0;
    }
    long elements = 1;
    for (int i = 1; i < shape.numDimensions(); i++) {
      elements *= Math.max(1, shape.get(i));
    }
    return elements;
  }
}
