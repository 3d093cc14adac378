package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.ArithmeticCases.vector;
import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What stays when the inputs are scaled, and batch normalisation. */
public final class InvariantCases {

  private static final Set<String> OF_EQUALITY = Set.of("Equal", "NotEqual");

  private InvariantCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(unary(), comparisons(), several(), shapes(), normalisations())
        .flatMap(List::stream);
  }

  private static Operand<TFloat32> floats(Ops tf, Operand<?> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }

  private static List<ScalingCase> unary() {
    return Stream.concat(
            Stream.of("Sign", "IsNan", "IsInf", "IsFinite", "Where")
                .map(type -> proved(0, type, (tf, x) -> floats(tf, add(tf, type, x)))),
            Stream.of("ArgMax", "ArgMin")
                .map(
                    type ->
                        proved(0, type, (tf, x) -> floats(tf, add(tf, type, x, tf.constant(1))))))
        .toList();
  }

  private static List<ScalingCase> comparisons() {
    return Stream.of("Greater", "GreaterEqual", "Less", "LessEqual", "Equal", "NotEqual")
        .flatMap(
            type ->
                Stream.of(
                    proved(0, type, (tf, x) -> floats(tf, add(tf, type, x, tf.constant(0f)))),
                    proved(0, type, (tf, x) -> floats(tf, add(tf, type, x, tf.math.neg(x)))),
                    refused(
                            "compares with the constant c",
                            type,
                            (tf, x) ->
                                floats(
                                    tf,
                                    add(
                                        tf,
                                        type,
                                        tf.math.maximum(x, tf.math.neg(x)),
                                        vector(tf, 1, 1, 1, 1, 1, 1))))
                        // No random number equals 1, at any scale.
                        .insteadOfDegree(OF_EQUALITY.contains(type) ? Double.NaN : 0)))
        .toList();
  }

  private static List<ScalingCase> several() {
    return List.of(
        proved(1, "TopKV2", (tf, x) -> add(tf, "TopKV2", x, tf.constant(2))),
        proved(
            0,
            "TopKV2",
            (tf, x) -> floats(tf, RawOperation.of(tf, "TopKV2").in(x, tf.constant(2)).output(1))));
  }

  private static List<ScalingCase> shapes() {
    return Stream.concat(
            Stream.of("Shape", "Size", "Rank", "ZerosLike", "OnesLike")
                .map(type -> proved(0, type, (tf, x) -> floats(tf, add(tf, type, x)))),
            Stream.of(
                proved(
                    0,
                    "ShapeN",
                    (tf, x) -> floats(tf, RawOperation.of(tf, "ShapeN").list(x, x).output(1))),
                proved(
                    1,
                    "Shape",
                    (tf, x) ->
                        tf.math.mul(x, floats(tf, tf.shape.size(tf.shape(x), tf.constant(0)))))))
        .toList();
  }

  private static List<ScalingCase> normalisations() {
    return Stream.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3")
        .flatMap(
            type ->
                Stream.of(
                    proved(1, type, (tf, x) -> normalised(tf, type, x, 0, 0, false)),
                    // 0.5 = 2 * 0.75 / sqrt(8.999 + 0.001)
                    proved(1, type, (tf, x) -> normalised(tf, type, x, 0.5f, 0.75f, false)),
                    refused(
                        "is not zero (0.5 at most); beta is the constant",
                        type,
                        (tf, x) -> normalised(tf, type, x, 0.5f, 0, false)),
                    refused(
                        "is not zero (0.5",
                        type,
                        (tf, x) -> normalised(tf, type, x, 0, 0.75f, false)),
                    refused(
                        "normalises by the statistics of the batch",
                        type,
                        (tf, x) -> normalised(tf, type, x, 0, 0, true))))
        .map(ScalingCase::onImages)
        .toList();
  }

  private static Operand<TFloat32> normalised(
      Ops tf, String type, Operand<TFloat32> x, float beta, float mean, boolean training) {
    float[] none = {};
    return RawOperation.of(tf, type)
        .in(x, vector(tf, 2, 2), vector(tf, beta, beta))
        .in(
            vector(tf, training ? none : new float[] {mean, mean}),
            vector(tf, training ? none : new float[] {8.999f, 8.999f}))
        .with(op -> op.setAttr("epsilon", 0.001f).setAttr("is_training", training))
        .output();
  }
}
