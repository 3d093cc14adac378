package org.xgradient.graph.rows;

import com.google.common.primitives.ImmutableIntArray;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A model and what must be said of its rows.
 *
 * @param name what it does
 * @param example the shape of one input
 * @param graph from inputs of shape {@code [batch, ...]} to logits
 * @param reason a part of the reason for which it must be refused; empty if rows stay apart
 */
record RowCase(
    String name,
    ImmutableIntArray example,
    BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph,
    String reason) {

  private static final ImmutableIntArray VECTOR = ImmutableIntArray.of(6);
  private static final ImmutableIntArray IMAGE = ImmutableIntArray.of(4, 4, 2);

  static RowCase apart(String name, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return new RowCase(name, VECTOR, graph, "");
  }

  static RowCase mixed(
      String name, String reason, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return new RowCase(name, VECTOR, graph, reason);
  }

  RowCase onImages() {
    return new RowCase(name, IMAGE, graph, reason);
  }

  boolean isMixed() {
    return !reason.isEmpty();
  }

  @Override
  public String toString() {
    return name;
  }
}
