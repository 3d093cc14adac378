package org.xgradient.graph.homogeneity;

import static org.xgradient.graph.homogeneity.ArithmeticCases.weights;
import static org.xgradient.graph.homogeneity.ArithmeticCases.window;
import static org.xgradient.graph.homogeneity.RawOperation.add;
import static org.xgradient.graph.homogeneity.ScalingCase.proved;
import static org.xgradient.graph.homogeneity.ScalingCase.refused;

import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What reduces over axes and windows, and what moves pixels. */
public final class WindowCases {

  private WindowCases() {}

  public static Stream<ScalingCase> all() {
    return Stream.of(images(), reducing(), pooling()).flatMap(List::stream);
  }

  private static Operand<TInt32> ints(Ops tf, int... values) {
    return tf.constant(values);
  }

  private static List<ScalingCase> images() {
    return Stream.of(
            proved(1, "SpaceToDepth", (tf, x) -> blocks(tf, "SpaceToDepth", x)),
            proved(
                1,
                "DepthToSpace",
                (tf, x) -> blocks(tf, "DepthToSpace", tf.reshape(x, ints(tf, 4, 2, 2, 8)))),
            proved(
                1,
                "SpaceToBatchND",
                (tf, x) ->
                    add(tf, "SpaceToBatchND", x, ints(tf, 2, 2), tf.constant(new int[2][2]))),
            proved(
                1,
                "BatchToSpaceND",
                (tf, x) ->
                    add(tf, "BatchToSpaceND", x, ints(tf, 2, 2), tf.constant(new int[2][2]))),
            proved(
                1,
                "ExtractImagePatches",
                (tf, x) ->
                    RawOperation.of(tf, "ExtractImagePatches")
                        .in(x)
                        .with(op -> window(op, "ksizes", 4, 2))
                        .with(op -> window(op, "strides", 4, 1))
                        .with(op -> window(op, "rates", 4, 1))
                        .output()),
            proved(1, "ResizeBilinear", (tf, x) -> add(tf, "ResizeBilinear", x, ints(tf, 3, 5))),
            proved(1, "ResizeBicubic", (tf, x) -> add(tf, "ResizeBicubic", x, ints(tf, 3, 5))),
            proved(
                1,
                "ResizeNearestNeighbor",
                (tf, x) -> add(tf, "ResizeNearestNeighbor", x, ints(tf, 3, 5))))
        .map(ScalingCase::onImages)
        .toList();
  }

  private static Operand<TFloat32> blocks(Ops tf, String type, Operand<TFloat32> x) {
    return RawOperation.of(tf, type).in(x).with(op -> op.setAttr("block_size", 2L)).output();
  }

  private static List<ScalingCase> reducing() {
    return Stream.of(
            segments(),
            Stream.of("Sum", "Mean", "Max", "Min", "EuclideanNorm", "Cumsum")
                .map(type -> proved(1, type, (tf, x) -> add(tf, type, x, tf.constant(1)))),
            Stream.of(
                proved(6, "Prod", (tf, x) -> add(tf, "Prod", x, tf.constant(-1))),
                refused(
                        "multiplies a number of values that is not known",
                        "Prod",
                        (tf, x) -> add(tf, "Prod", x, tf.math.neg(tf.constant(1))))
                    .withoutNumbers()))
        .flatMap(cases -> cases)
        .toList();
  }

  /** Features in three groups. */
  private static Stream<ScalingCase> segments() {
    return Stream.of(
        proved(
            1,
            "SegmentSum",
            (tf, x) -> add(tf, "SegmentSum", features(tf, x), ints(tf, 0, 0, 0, 1, 1, 2))),
        proved(
            1,
            "UnsortedSegmentSum",
            (tf, x) ->
                add(
                    tf,
                    "UnsortedSegmentSum",
                    features(tf, x),
                    ints(tf, 2, 0, 1, 1, 0, 2),
                    tf.constant(3))));
  }

  private static Operand<TFloat32> features(Ops tf, Operand<TFloat32> x) {
    return tf.linalg.transpose(x, ints(tf, 1, 0));
  }

  private static List<ScalingCase> pooling() {
    return Stream.of(
            proved(1, "MaxPool", (tf, x) -> pool(tf, "MaxPool", 4, x)),
            proved(1, "AvgPool", (tf, x) -> pool(tf, "AvgPool", 4, x)),
            // A maximum may choose a zero of the padding.
            proved(
                1,
                "MaxPool",
                (tf, x) -> {
                  int[][] border = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};
                  return pool(tf, "MaxPool", 4, add(tf, "Pad", x, tf.constant(border)));
                }),
            proved(
                1,
                "MaxPoolV2",
                (tf, x) ->
                    RawOperation.of(tf, "MaxPoolV2")
                        .in(x, ints(tf, 1, 3, 3, 1), ints(tf, 1, 2, 2, 1))
                        .with(op -> op.setAttr("padding", "SAME"))
                        .output()),
            proved(1, "MaxPoolWithArgmax", (tf, x) -> pool(tf, "MaxPoolWithArgmax", 4, x)),
            proved(1, "MaxPool3D", (tf, x) -> pool(tf, "MaxPool3D", 5, volume(tf, x))),
            proved(1, "AvgPool3D", (tf, x) -> pool(tf, "AvgPool3D", 5, volume(tf, x))))
        .map(ScalingCase::onImages)
        .toList();
  }

  private static Operand<TFloat32> volume(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, ints(tf, 4, 4, 2, 2, 2));
  }

  private static Operand<TFloat32> pool(Ops tf, String type, int rank, Operand<TFloat32> x) {
    return RawOperation.of(tf, type)
        .in(tf.math.mul(x, weights(tf, Math.toIntExact(x.shape().get(rank - 1)))))
        .with(op -> window(op, "ksize", rank, 2))
        .with(op -> window(op, "strides", rank, 2))
        .output();
  }
}
