package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;

/** What to say of an operand that does not scale where another one does. */
public final class AddedConstant {

  private static final ImmutableSet<String> ROOTS = ImmutableSet.of("Sqrt", "Rsqrt");

  private static final ImmutableSet<String> PASS_ON =
      ImmutableSet.of(
          "Identity", "Cast", "Reshape", "ExpandDims", "Squeeze", "Transpose", "EnsureShape");

  /** What takes a part of an operand, such as one of several inputs that stand side by side. */
  private static final ImmutableMap<String, Integer> TAKE_A_PART =
      ImmutableMap.of("Split", 1, "SplitV", 0, "Slice", 0, "StridedSlice", 0, "Unpack", 0);

  private static final ImmutableSet<String> SCALE = ImmutableSet.of("Mul", "RealDiv", "Div");

  private AddedConstant() {}

  /**
   * The verdict on an operation that joins a constant to what scales.
   *
   * @param operation the operation
   * @param verb what it does with the constant, as in {@code adds}
   * @param constant the index of the operand that does not scale
   * @param dependent the index of one that does
   * @return the verdict
   */
  static Verdict verdict(ScaledOperation operation, String verb, int constant, int dependent) {
    double degree = operation.degree(dependent);
    if (isPartOfAFormula(operation, constant, dependent)) {
      return Verdict.degree(degree);
    }
    String reason = verb + " " + operation.describe(constant);
    if (isUnderRoot(operation.operation())) {
      return Verdict.refused(
          reason + " under a root: it normalises by statistics of what it is given",
          "leave the normalisation out, or use Integrated Gradients",
          degree);
    }
    if (isScaledInput(operation.input(dependent), operation.modelInputs())
        && !isPassedOn(operation.operation(), operation.logits())) {
      return Verdict.refused(
          reason + ": the inputs are normalised inside the graph",
          "attribute behind it: at a tensor behind the normalisation (--at), or normalise the data first"
              + " and give the pass the normalised inputs",
          degree);
    }
    return Verdict.refused(
        reason,
        "leave it out: build the network without biases, or remove those of a trained one (strip-bias,"
            + " in a program BiasRemoval)",
        degree);
  }

  /** {@return whether a root is taken of what an operation gives} */
  public static boolean isUnderRoot(GraphOperation operation) {
    return operation.consumers().stream().anyMatch(consumer -> ROOTS.contains(consumer.type()));
  }

  /** As in {@code 1 + exp(-x)}: the exponential was reported, and the one is no fault beside it. */
  private static boolean isPartOfAFormula(ScaledOperation operation, int constant, int dependent) {
    return RefusedOperations.isFunction(operation.input(dependent).op().type())
        && operation.input(constant).op().type().equals("Const")
        && operation.input(constant).shape().numDimensions() == 0;
  }

  /** {@return whether what an operation gives is the operand itself, in another shape at most} */
  private static boolean isPassedOn(GraphOperation operation, Output<?> operand) {
    GraphOperation last = (GraphOperation) operand.op();
    while (!last.equals(operation) && PASS_ON.contains(last.type())) {
      last = (GraphOperation) last.input(0).op();
    }
    return last.equals(operation);
  }

  private static boolean isScaledInput(Output<?> operand, Output<?> modelInputs) {
    if (operand.equals(modelInputs)) {
      return true;
    }
    GraphOperation operation = (GraphOperation) operand.op();
    if (PASS_ON.contains(operation.type())) {
      return isScaledInput(operation.input(0), modelInputs);
    }
    Integer whole = TAKE_A_PART.get(operation.type());
    if (whole != null) {
      return isScaledInput(operation.input(whole), modelInputs);
    }
    return SCALE.contains(operation.type())
        && (isScaledInput(operation.input(0), modelInputs)
            || isScaledInput(operation.input(1), modelInputs));
  }
}
