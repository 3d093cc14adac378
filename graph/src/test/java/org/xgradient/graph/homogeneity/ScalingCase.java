package org.xgradient.graph.homogeneity;

import com.google.common.primitives.ImmutableIntArray;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A graph with an operation of interest, and what the proof must say of it.
 *
 * @param type the type of the operation
 * @param example the shape of one input; there are four
 * @param graph the graph
 * @param degree the degree that must be proved, or the one that numbers must refute; not a number
 *     if the falsifier can have no say
 * @param reason a part of the reason for which the operation must be refused; empty if it must not
 */
public record ScalingCase(
    String type,
    ImmutableIntArray example,
    BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph,
    double degree,
    String reason) {

  private static final ImmutableIntArray VECTOR = ImmutableIntArray.of(6);
  private static final ImmutableIntArray IMAGE = ImmutableIntArray.of(4, 4, 2);

  static ScalingCase proved(
      double degree, String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return new ScalingCase(type, VECTOR, graph, degree, "");
  }

  static ScalingCase refused(
      String reason, String type, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph) {
    return new ScalingCase(type, VECTOR, graph, 1, reason);
  }

  ScalingCase onImages() {
    return new ScalingCase(type, IMAGE, graph, degree, reason);
  }

  /** For what numbers refute of another degree. */
  ScalingCase insteadOfDegree(double other) {
    return new ScalingCase(type, example, graph, other, reason);
  }

  /** For what is refused though its values are homogeneous, or that can't run. */
  ScalingCase withoutNumbers() {
    return insteadOfDegree(Double.NaN);
  }

  public boolean isRefused() {
    return !reason.isEmpty();
  }

  @Override
  public String toString() {
    return type + (isRefused() ? " refused: " + reason : " of degree " + degree);
  }
}
