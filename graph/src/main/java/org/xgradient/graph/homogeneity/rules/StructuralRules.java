package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;

/**
 * Operations that move values, and those that join or choose between them.
 *
 * <p>Shapes, axes, indices and conditions are integers and booleans, and so invariant: nothing else
 * leads to them but casts, which are refused, and comparisons.
 */
final class StructuralRules {

  /** The degree of the first operand is that of the outputs. */
  private static final ImmutableSet<String> MOVE_THE_FIRST =
      ImmutableSet.of(
          "Identity",
          "Snapshot",
          "EnsureShape",
          "PlaceholderWithDefault",
          "CheckNumerics",
          "Reshape",
          "Transpose",
          "ExpandDims",
          "Squeeze",
          "Slice",
          "StridedSlice",
          "SplitV",
          "Unpack",
          "Gather",
          "GatherV2",
          "GatherNd",
          "Tile",
          "BroadcastTo",
          "Pad",
          "MirrorPad",
          "Reverse",
          "ReverseV2",
          "Roll",
          "MatrixBandPart",
          "SpaceToDepth",
          "DepthToSpace",
          "SpaceToBatchND",
          "BatchToSpaceND",
          "ExtractImagePatches",
          "ResizeBilinear",
          "ResizeBicubic",
          "ResizeNearestNeighbor");

  static final ImmutableMap<String, ScalingRule> ALL = all();

  private static final ImmutableSet<DataType> FLOATS =
      ImmutableSet.of(
          DataType.DT_FLOAT, DataType.DT_DOUBLE, DataType.DT_HALF, DataType.DT_BFLOAT16);

  private StructuralRules() {}

  private static ImmutableMap<String, ScalingRule> all() {
    ImmutableMap.Builder<String, ScalingRule> rules = ImmutableMap.builder();
    for (String type : MOVE_THE_FIRST) {
      rules.put(type, keepsDegreeOf(0));
    }
    return rules
        .put("Split", keepsDegreeOf(1))
        .put("IdentityN", operation -> new Verdict.Scales(operation.scalings()))
        .put("Cast", StructuralRules::cast)
        .put("Pack", EqualDegrees.ofAll("stacks"))
        .put("ConcatV2", operation -> concatenation(operation, 0, operation.size() - 1))
        .put("Concat", operation -> concatenation(operation, 1, operation.size()))
        .put("PadV2", EqualDegrees.of("pads with", 0, 2))
        .put("Fill", keepsDegreeOf(1))
        .put("Select", EqualDegrees.of("selects from", 1, 2))
        .put("SelectV2", EqualDegrees.of("selects from", 1, 2))
        .buildOrThrow();
  }

  /**
   * A rule for operations that are linear in one operand.
   *
   * @param operand the index of the operand
   */
  static ScalingRule keepsDegreeOf(int operand) {
    return operation -> Verdict.degree(operation.degree(operand));
  }

  private static Verdict concatenation(ScaledOperation operation, int from, int to) {
    return EqualDegrees.of("concatenates", IntStream.range(from, to).toArray()).apply(operation);
  }

  private static Verdict cast(ScaledOperation operation) {
    DataType to = operation.attributes().getAttrType("DstT");
    if (FLOATS.contains(to)) {
      return Verdict.degree(operation.degree(0));
    }
    // x != 0
    return to == DataType.DT_BOOL
        ? Verdict.degree(0)
        : Verdict.refused(
            "casts to %s, which rounds".formatted(to),
            "cast between floating-point types only",
            operation.degree(0));
  }
}
