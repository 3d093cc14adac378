package org.xgradient.graph.affine;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.xgradient.graph.walk.GraphWalk;
import org.xgradient.graph.walk.LiteralIntegers;

/** Which operations are affine in what a graph is fed, row by row. */
final class AffineOperations {

  /** Affine in the first input, whatever the others are. */
  private static final ImmutableSet<String> FIRST =
      ImmutableSet.of(
          "Identity",
          "Snapshot",
          "Neg",
          "Reshape",
          "ExpandDims",
          "Squeeze",
          "AvgPool",
          "BiasAdd",
          "BiasAddV1");

  private static final ImmutableSet<String> PADDINGS = ImmutableSet.of("Pad", "PadV2", "MirrorPad");

  private static final ImmutableSet<String> CONVOLUTIONS =
      ImmutableSet.of("Conv2D", "DepthwiseConv2dNative", "Conv3D");

  /** All outputs are affine; of others the first is. */
  private static final ImmutableSet<String> SPLITS = ImmutableSet.of("Split", "SplitV");

  private static final ImmutableSet<String> SUMS = ImmutableSet.of("Add", "AddV2", "AddN", "Sub");

  private final Set<GraphOperation> affine = new HashSet<>();

  /** Those that depend on the source by its values, and not by its shape alone. */
  private final Set<GraphOperation> values = new HashSet<>();

  private final Set<GraphOperation> dependent;

  /**
   * Looks at operations.
   *
   * @param source what is fed, of shape {@code [rows, ...]}
   * @param operations all that depend on it, in order, its own included
   */
  AffineOperations(Output<?> source, List<GraphOperation> operations) {
    this.dependent = new HashSet<>(operations);
    affine.add((GraphOperation) source.op());
    values.add((GraphOperation) source.op());
    for (GraphOperation operation : operations) {
      if (!GraphWalk.asksForShape(operation) && usesValues(operation)) {
        values.add(operation);
        if (isAffine(operation) && keepsRows(operation)) {
          affine.add(operation);
        }
      }
    }
  }

  boolean contains(GraphOperation operation) {
    return affine.contains(operation);
  }

  /** {@return whether an output is affine in what is fed} */
  boolean isAffine(Output<?> output) {
    GraphOperation operation = (GraphOperation) output.op();
    return affine.contains(operation) && (output.index() == 0 || SPLITS.contains(operation.type()));
  }

  /** {@return whether an operation depends on the values that are fed} */
  boolean hasValueOf(GraphOperation operation) {
    return values.contains(operation);
  }

  /**
   * {@return the multiplications of a matrix product or a convolution for each row; 0 of others}
   */
  static long products(GraphOperation operation) {
    String type = operation.type();
    boolean isMatrix = type.contains("MatMul");
    if (!isMatrix && !CONVOLUTIONS.contains(type)) {
      return 0;
    }
    long each = 1;
    if (isMatrix) {
      Shape rows = operation.input(0).shape();
      each = rows.get(rows.numDimensions() - 1);
    } else {
      long[] filter = operation.input(1).shape().asArray();
      // Of a depthwise one, each channel is taken by itself.
      int axes = filter.length - (type.startsWith("Depthwise") ? 2 : 1);
      for (int i = 0; i < axes; i++) {
        each *= Math.max(0, filter[i]);
      }
    }
    return each * operation.output(0).shape().tail().size();
  }

  private boolean usesValues(GraphOperation operation) {
    for (int i = 0; i < operation.numInputs(); i++) {
      if (values.contains((GraphOperation) operation.input(i).op())) {
        return true;
      }
    }
    return false;
  }

  private boolean isAffine(GraphOperation operation) {
    String type = operation.type();
    if (SUMS.contains(type)) {
      return isSum(operation);
    }
    if (type.equals("Mul")) {
      return (isAffine(operation, 0) && isConstant(operation, 1))
          || (isAffine(operation, 1) && isConstant(operation, 0));
    }
    if (type.equals("Split")) {
      return isAffine(operation, 1) && keepsRowsTogether(operation, 0);
    }
    if (type.equals("ConcatV2")) {
      return isConcatenation(operation);
    }
    if (!isAffine(operation, 0)) {
      return false;
    }
    if (PADDINGS.contains(type)) {
      return othersAreFree(operation) && padsNoRows(operation);
    }
    return switch (type) {
      case "MatMul" -> isFree(operation, 1) && !isSet(operation, "transpose_a");
      case "BatchMatMulV2", "BatchMatMulV3" ->
          isConstant(operation, 1) && !isSet(operation, "adj_x");
      case "Transpose" ->
          isFree(operation, 1)
              && LiteralIntegers.of(operation.input(1))
                  .filter(axes -> axes.length > 0 && axes[0] == 0)
                  .isPresent();
      case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3" ->
          othersAreFree(operation) && !isSet(operation, "is_training");
      case "SplitV" -> isFree(operation, 1) && keepsRowsTogether(operation, 2);
      case "Div", "RealDiv" -> isConstant(operation, 1);
      // The shape may be made of that of the rows.
      case "Reshape" -> !values.contains((GraphOperation) operation.input(1).op());
      default -> (FIRST.contains(type) || CONVOLUTIONS.contains(type)) && othersAreFree(operation);
    };
  }

  private static boolean isSet(GraphOperation operation, String attribute) {
    return operation.attributes().getAttrBool(attribute);
  }

  /** Terms are affine and of one shape, or the same for all rows. */
  private boolean isSum(GraphOperation operation) {
    Shape shape = operation.output(0).shape();
    for (int i = 0; i < operation.numInputs(); i++) {
      boolean whole = isAffine(operation, i) && isSame(operation.input(i).shape(), shape);
      if (!whole && !isConstant(operation, i)) {
        return false;
      }
    }
    return true;
  }

  /** Unlike Shape's own, also where the number of rows is open. */
  private static boolean isSame(Shape one, Shape other) {
    return !one.isUnknown() && !other.isUnknown() && Arrays.equals(one.asArray(), other.asArray());
  }

  private boolean isAffine(GraphOperation operation, int input) {
    return isAffine(operation.input(input));
  }

  private boolean isConcatenation(GraphOperation operation) {
    int axis = operation.numInputs() - 1;
    for (int i = 0; i < axis; i++) {
      if (!isAffine(operation, i)) {
        return false;
      }
    }
    return keepsRowsTogether(operation, axis);
  }

  /** Whether an axis is another one than that of the rows. */
  private boolean keepsRowsTogether(GraphOperation operation, int input) {
    Shape shape = operation.output(0).shape();
    return isFree(operation, input)
        && !shape.isUnknown()
        && LiteralIntegers.of(operation.input(input))
            .filter(
                axis -> axis.length == 1 && axis[0] != 0 && axis[0] + shape.numDimensions() != 0)
            .isPresent();
  }

  private boolean isFree(GraphOperation operation, int input) {
    return !dependent.contains((GraphOperation) operation.input(input).op());
  }

  private boolean othersAreFree(GraphOperation operation) {
    for (int i = 1; i < operation.numInputs(); i++) {
      if (!isFree(operation, i)) {
        return false;
      }
    }
    return true;
  }

  /** Free, and the same for each row. */
  private boolean isConstant(GraphOperation operation, int input) {
    Shape shape = operation.input(input).shape();
    Shape whole = operation.output(0).shape();
    return isFree(operation, input)
        && !shape.isUnknown()
        && !whole.isUnknown()
        && (shape.numDimensions() < whole.numDimensions()
            || (shape.numDimensions() == whole.numDimensions() && shape.get(0) == 1));
  }

  private static boolean padsNoRows(GraphOperation operation) {
    return LiteralIntegers.of(operation.input(1))
        .filter(paddings -> paddings.length > 1 && paddings[0] == 0 && paddings[1] == 0)
        .isPresent();
  }

  /** As many rows as there were, of which each has as many values as the shapes say. */
  private boolean keepsRows(GraphOperation operation) {
    Shape after = operation.output(0).shape();
    if (after.isUnknown() || after.numDimensions() == 0 || after.tail().hasUnknownDimension()) {
      return false;
    }
    for (int i = 0; i < operation.numInputs(); i++) {
      if (isAffine(operation, i)) {
        Shape before = operation.input(i).shape();
        boolean moves = GraphWalk.isView(operation);
        if (before.isUnknown()
            || before.numDimensions() == 0
            || before.get(0) != after.get(0)
            || (moves && before.tail().size() != after.tail().size())) {
          return false;
        }
      }
    }
    return true;
  }
}
