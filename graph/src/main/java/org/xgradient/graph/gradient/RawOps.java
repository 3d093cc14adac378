package org.xgradient.graph.gradient;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds operations whose operands may be of any floating-point type, where Java's generics want one.
 */
final class RawOps {

  private RawOps() {}

  static OperationBuilder builder(Ops tf, String type, Output<?>... inputs) {
    var scope = tf.scope();
    OperationBuilder builder = scope.env().opBuilder(type, scope.makeOpName(type), scope);
    for (Output<?> input : inputs) {
      builder.addInput(input);
    }
    return builder;
  }

  static Operand<TFloat32> add(Ops tf, String type, Output<?>... inputs) {
    return builder(tf, type, inputs).build().output(0);
  }

  /** Casts to the type that an operation computes in. */
  static Operand<TFloat32> castLike(Ops tf, GraphOperation op, Output<?> operand) {
    return builder(tf, "Cast", operand)
        .setAttr("DstT", op.attributes().getAttrType("T"))
        .build()
        .output(0);
  }

  @SuppressWarnings("unchecked")
  static Operand<TFloat32> typed(Output<?> output) {
    return (Operand<TFloat32>) output;
  }
}
