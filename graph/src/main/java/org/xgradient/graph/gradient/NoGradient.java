package org.xgradient.graph.gradient;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/**
 * What a gradient of this library gives for an input that its operation does not depend on, almost
 * everywhere. Zeros would say the same, but take the memory of the input, and the time to add them
 * to other gradients.
 */
enum NoGradient implements Operand<TFloat32> {
  NONE;

  @Override
  public Output<TFloat32> asOutput() {
    throw new IllegalStateException("nothing computes what is not there");
  }

  @Override
  public Operation op() {
    throw new IllegalStateException("nothing computes what is not there");
  }
}
