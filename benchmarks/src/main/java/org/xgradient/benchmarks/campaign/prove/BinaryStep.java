package org.xgradient.benchmarks.campaign.prove;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.benchmarks.campaign.compare.Tape;

/** A function of two tensors, element by element, where one number goes with all. */
enum BinaryStep {
  ADD((tf, x, y) -> tf.math.add(x, y), Tape::add),
  SUB((tf, x, y) -> tf.math.sub(x, y), (tape, a, b) -> tape.add(a, tape.times(b, -1))),
  MUL((tf, x, y) -> tf.math.mul(x, y), Tape::product),
  DIV_NO_NAN((tf, x, y) -> tf.math.divNoNan(x, y), BinaryStep::quotient),
  MAXIMUM(
      (tf, x, y) -> tf.math.maximum(x, y), (tape, a, b) -> tape.extremum(new int[] {a, b}, 2, 1)),
  MINIMUM(
      (tf, x, y) -> tf.math.minimum(x, y), (tape, a, b) -> tape.extremum(new int[] {a, b}, 2, -1)),
  /** {@code x} where it is the larger, {@code -x} elsewhere. */
  SELECT(
      (tf, x, y) -> tf.select(tf.math.greater(x, y), x, tf.math.neg(x)),
      (tape, a, b) -> tape.product(a, compare(tape, a, b, 1, -1))),
  /** 0 where {@code x} is the larger, 1 elsewhere. */
  LESS(
      (tf, x, y) -> tf.dtypes.cast(tf.math.lessEqual(x, y), TFloat32.class),
      (tape, a, b) -> compare(tape, a, b, 0, 1));

  private interface InGraph {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y);
  }

  private interface OnTape {
    int apply(Tape tape, int a, int b);
  }

  @SuppressWarnings("ImmutableEnumChecker")
  private final InGraph graph;

  @SuppressWarnings("ImmutableEnumChecker")
  private final OnTape plain;

  BinaryStep(InGraph graph, OnTape plain) {
    this.graph = graph;
    this.plain = plain;
  }

  Operand<TFloat32> inGraph(Ops tf, Operand<TFloat32> x, Operand<TFloat32> y) {
    return graph.apply(tf, x, y);
  }

  int[] onTape(Tape tape, int[] x, int[] y) {
    int[] nodes = new int[Math.max(x.length, y.length)];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = plain.apply(tape, x[x.length == 1 ? 0 : i], y[y.length == 1 ? 0 : i]);
    }
    return nodes;
  }

  private static int quotient(Tape tape, int a, int b) {
    double v = tape.value(b);
    if (v == 0 && tape.magnitude(b) == 0) {
      return tape.constant(0);
    }
    tape.notZero(b);
    return tape.product(a, tape.function(b, 1 / v, -1 / (v * v), 2 / (v * v * v)));
  }

  private static int compare(Tape tape, int a, int b, double ifLarger, double ifNot) {
    int difference = tape.add(a, tape.times(b, -1));
    return tape.step(difference, tape.value(difference) > 0 ? ifLarger : ifNot);
  }
}
