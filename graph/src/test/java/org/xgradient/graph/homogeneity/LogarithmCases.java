package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.ArithmeticCases.weights;
import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Logarithms, which add where their operands multiply, and what they enter. */
public final class LogarithmCases {

  private LogarithmCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(takenBack(), refused()).flatMap(List::stream);
  }

  private static Operand<TFloat32> log(Ops tf, Operand<TFloat32> x) {
    return tf.math.log(tf.math.abs(x));
  }

  /** The exponential of something made of {@code ln |x|}. */
  private static ScalingCase power(
      double degree, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> ofLogarithm) {
    return proved(degree, "Exp", (tf, x) -> tf.math.exp(ofLogarithm.apply(tf, log(tf, x))));
  }

  private static List<ScalingCase> takenBack() {
    return List.of(
        power(1, (tf, l) -> l),
        power(1, (tf, l) -> tf.math.add(l, tf.constant(0.3f))),
        power(-1, (tf, l) -> tf.math.neg(l)),
        power(1.5, (tf, l) -> tf.math.mul(tf.constant(1.5f), l)),
        power(0.5, (tf, l) -> tf.math.div(l, tf.constant(2f))),
        power(2, (tf, l) -> tf.math.add(l, tf.reverse(l, tf.constant(new int[] {1})))),
        power(3, (tf, l) -> tf.math.addN(List.of(l, l, l))),
        power(0, (tf, l) -> tf.math.sub(l, tf.reverse(l, tf.constant(new int[] {1})))),
        power(6, (tf, l) -> tf.reduceSum(l, tf.constant(1), ReduceSum.keepDims(true))),
        power(1, (tf, l) -> tf.math.mean(l, tf.constant(1), Mean.keepDims(true))),
        power(1, (tf, l) -> tf.reduceMax(l, tf.constant(1), ReduceMax.keepDims(true))),
        proved(0, "Softmax", (tf, x) -> tf.nn.softmax(log(tf, x))),
        proved(0, "LogSoftmax", (tf, x) -> tf.nn.logSoftmax(log(tf, x))));
  }

  private static List<ScalingCase> refused() {
    return Stream.<BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>>>of(
            (tf, x) -> log(tf, x),
            (tf, x) -> tf.nn.relu(log(tf, x)),
            (tf, x) -> tf.math.add(log(tf, x), x),
            (tf, x) -> tf.math.mul(log(tf, x), log(tf, x)),
            (tf, x) -> tf.math.mul(log(tf, x), weights(tf, 6)),
            (tf, x) -> tf.math.exp(tf.math.mul(log(tf, x), tf.constant(Float.POSITIVE_INFINITY))),
            (tf, x) -> tf.math.exp(tf.math.div(log(tf, x), tf.constant(Float.NaN))),
            (tf, x) -> tf.math.div(tf.constant(1f), log(tf, x)),
            (tf, x) -> tf.math.log(tf.math.abs(log(tf, x))),
            (tf, x) -> tf.math.exp(tf.math.mul(log(tf, x), weights(tf, 6))),
            (tf, x) ->
                tf.pad(log(tf, x), tf.constant(new int[][] {{0, 0}, {1, 1}}), tf.constant(0f)),
            (tf, x) -> add(tf, "Sigmoid", log(tf, x)))
        .map(graph -> ScalingCase.refused("is curved", "Log", graph))
        .toList();
  }
}
