package org.xgradient.benchmarks.campaign.prove;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.xgradient.benchmarks.campaign.compare.Tape;

/**
 * A function of one tensor of shape {@code [rows, width]}, in a graph and of the numbers of one
 * row.
 */
enum UnaryStep {
  RELU((tf, x) -> tf.nn.relu(x), each((tape, a) -> tape.bent(a, 1, 0))),
  LEAKY_RELU((tf, x) -> tf.nn.leakyRelu(x), each((tape, a) -> tape.bent(a, 1, 0.2f))),
  ABS((tf, x) -> tf.math.abs(x), each(Tape::absolute)),
  NEG((tf, x) -> tf.math.neg(x), each((tape, a) -> tape.times(a, -1))),
  SQUARE((tf, x) -> tf.math.square(x), each((tape, a) -> tape.product(a, a))),
  ROOT((tf, x) -> tf.math.sqrt(tf.math.abs(x)), each((tape, a) -> power(tape, a, 0.5))),
  POWER(
      (tf, x) -> tf.math.pow(tf.math.abs(x), tf.constant(1.5f)),
      each((tape, a) -> power(tape, a, 1.5))),
  CUBE_ROOT(
      (tf, x) -> tf.math.pow(tf.math.abs(x), tf.constant(1 / 3f)),
      each((tape, a) -> power(tape, a, 1 / 3f))),
  SIGN((tf, x) -> tf.math.sign(x), each((tape, a) -> tape.step(a, Math.signum(tape.value(a))))),
  SUM(
      (tf, x) -> tf.reduceSum(x, tf.constant(1), ReduceSum.keepDims(true)),
      (tape, x) -> new int[] {tape.sum(x, x.length, 1)}),
  MEAN(
      (tf, x) -> tf.math.mean(x, tf.constant(1), Mean.keepDims(true)),
      (tape, x) -> new int[] {tape.sum(x, x.length, 1.0 / x.length)}),
  MAX(
      (tf, x) -> tf.reduceMax(x, tf.constant(1), ReduceMax.keepDims(true)),
      (tape, x) -> new int[] {tape.sharedMaximum(x)}),
  REVERSE((tf, x) -> tf.reverse(x, tf.constant(new int[] {1})), (tape, x) -> reversed(x)),
  CUMSUM((tf, x) -> tf.math.cumsum(x, tf.constant(1)), UnaryStep::cumulated),
  TANH((tf, x) -> tf.math.tanh(x), each(UnaryStep::tanh)),
  SOFTMAX((tf, x) -> tf.nn.softmax(x), UnaryStep::softmax),
  EXP((tf, x) -> tf.math.exp(x), each(UnaryStep::exp)),
  LOG((tf, x) -> tf.math.log(tf.math.abs(x)), each(UnaryStep::log)),
  ONES((tf, x) -> tf.onesLike(x), each((tape, a) -> tape.constant(1))),
  /** The shape of something that does not scale. */
  RESHAPED(
      (tf, x) -> tf.reshape(x, tf.shape(tf.math.add(x, tf.constant(1f)))), (tape, x) -> x.clone()),
  /** Its value, with nothing to be differentiated. */
  STOPPED((tf, x) -> tf.stopGradient(x), each((tape, a) -> tape.constant(tape.value(a)))),
  /** What is positive in the other order lets through. */
  GATED(
      (tf, x) -> {
        var reversed = tf.reverse(x, tf.constant(new int[] {1}));
        var scope = tf.scope();
        return scope
            .env()
            .opBuilder("ReluGrad", scope.makeOpName("ReluGrad"), scope)
            .addInput(x.asOutput())
            .addInput(reversed.asOutput())
            .build()
            .output(0);
      },
      UnaryStep::gated),
  /** The largest of every other one, with the rest at minus infinity. */
  MASKED_MAX(UnaryStep::maskedMax, UnaryStep::maskedMax);

  @SuppressWarnings("ImmutableEnumChecker")
  private final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph;

  @SuppressWarnings("ImmutableEnumChecker")
  private final BiFunction<Tape, int[], int[]> plain;

  UnaryStep(
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> graph,
      BiFunction<Tape, int[], int[]> plain) {
    this.graph = graph;
    this.plain = plain;
  }

  Operand<TFloat32> inGraph(Ops tf, Operand<TFloat32> x) {
    return graph.apply(tf, x);
  }

  int[] onTape(Tape tape, int[] x) {
    return plain.apply(tape, x);
  }

  /** A function of one number. */
  private interface OfNode {
    int apply(Tape tape, int node);
  }

  private static BiFunction<Tape, int[], int[]> each(OfNode function) {
    return (tape, x) -> Arrays.stream(x).map(node -> function.apply(tape, node)).toArray();
  }

  /** {@code |a|^p}; not defined at 0, where it has no derivatives. */
  private static int power(Tape tape, int a, double p) {
    tape.notZero(a);
    int size = tape.absolute(a);
    double v = tape.value(size);
    return tape.function(
        size, Math.pow(v, p), p * Math.pow(v, p - 1), p * (p - 1) * Math.pow(v, p - 2));
  }

  private static int tanh(Tape tape, int a) {
    // Near 1 a float has few digits of what the derivative is computed from.
    double v = tape.rounded(Math.tanh(tape.value(a)));
    return tape.function(a, v, 1 - v * v, -2 * v * (1 - v * v));
  }

  private static int exp(Tape tape, int a) {
    double v = Math.exp(tape.value(a));
    return tape.function(a, v, v, v);
  }

  private static int log(Tape tape, int a) {
    tape.notZero(a);
    double v = tape.value(a);
    return tape.function(a, Math.log(Math.abs(v)), 1 / v, -1 / (v * v));
  }

  private static int reciprocal(Tape tape, int a) {
    double v = 1 / tape.value(a);
    return tape.function(a, v, -v * v, 2 * v * v * v);
  }

  private static int[] softmax(Tape tape, int[] x) {
    double largest = Arrays.stream(x).mapToDouble(tape::value).max().orElseThrow();
    int shift = tape.constant(-largest);
    int[] exponentials = Arrays.stream(x).map(a -> exp(tape, tape.add(a, shift))).toArray();
    int factor = reciprocal(tape, tape.sum(exponentials, x.length, 1));
    return Arrays.stream(exponentials).map(e -> tape.product(e, factor)).toArray();
  }

  private static int[] reversed(int[] x) {
    int[] reversed = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      reversed[i] = x[x.length - 1 - i];
    }
    return reversed;
  }

  private static int[] cumulated(Tape tape, int[] x) {
    int[] sums = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      sums[i] = tape.sum(x, i + 1, 1);
    }
    return sums;
  }

  private static int[] gated(Tape tape, int[] x) {
    int[] gated = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      int gate = x[x.length - 1 - i];
      gated[i] = tape.product(x[i], tape.step(gate, tape.value(gate) > 0 ? 1 : 0));
    }
    return gated;
  }

  private static Operand<TFloat32> maskedMax(Ops tf, Operand<TFloat32> x) {
    boolean[] mask = new boolean[DrawnExpression.WIDTH];
    for (int i = 0; i < mask.length; i += 2) {
      mask[i] = true;
    }
    var lowest = tf.fill(tf.shape(x), tf.constant(Float.NEGATIVE_INFINITY));
    return tf.reduceMax(
        tf.select(tf.constant(mask), x, lowest), tf.constant(1), ReduceMax.keepDims(true));
  }

  private static int[] maskedMax(Tape tape, int[] x) {
    int[] kept = new int[(x.length + 1) / 2];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = x[2 * i];
    }
    return new int[] {tape.sharedMaximum(kept)};
  }
}
