package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import org.tensorflow.proto.DataType;
import org.xgradient.graph.walk.OpaqueOperations;

/** Operations that are known to break homogeneity, or to hide it, with the reason for each. */
final class RefusedOperations {

  private static final ImmutableSet<String> SATURATING =
      ImmutableSet.of("Sigmoid", "Tanh", "Softsign", "Erf", "Erfc", "Sin", "Cos", "Atan");

  private static final ImmutableSet<String> EXPONENTIAL = ImmutableSet.of("Exp", "Expm1", "Log1p");

  private static final ImmutableSet<String> LIKE_RELU =
      ImmutableSet.of("Elu", "Selu", "Softplus", "Relu6");

  private static final ImmutableSet<String> PROBABILITIES =
      ImmutableSet.of("Softmax", "LogSoftmax");

  private static final ImmutableSet<String> ROUNDING =
      ImmutableSet.of("Round", "Rint", "Floor", "Ceil", "FloorDiv", "FloorMod");

  static final String CURVED = "is curved, and so not homogeneous";

  static final String RELU = "use a ReLU or LeakyReLU in its place";

  /** Rules for operands that are not all invariant. */
  static final ImmutableMap<String, ScalingRule> ALL = all();

  /** Rules for all operands. */
  static final ImmutableMap<String, ScalingRule> GRADIENT_STOPS =
      ImmutableMap.of(
          "StopGradient", RefusedOperations::stopGradient,
          "PreventGradient", RefusedOperations::stopGradient);

  private RefusedOperations() {}

  /** {@return whether a type of operation is a function such as exp, of which formulas are made} */
  static boolean isFunction(String type) {
    return SATURATING.contains(type) || EXPONENTIAL.contains(type);
  }

  /** {@return whether a type of operation hides others: control flow or a function call} */
  static boolean isOpaque(String type) {
    return OpaqueOperations.CONTROL_FLOW.contains(type)
        || OpaqueOperations.FUNCTION_CALLS.contains(type);
  }

  private static ImmutableMap<String, ScalingRule> all() {
    ImmutableMap.Builder<String, ScalingRule> rules = ImmutableMap.builder();
    opaque(rules, SATURATING, "is bounded, and so not homogeneous", RELU);
    opaque(rules, EXPONENTIAL, CURVED, RELU);
    opaque(
        rules,
        PROBABILITIES,
        "makes probabilities, which are not homogeneous",
        "explain the logits, its input");
    opaque(
        rules,
        OpaqueOperations.CONTROL_FLOW,
        "is control flow, which the proof does not follow",
        "unroll it");
    opaque(
        rules,
        OpaqueOperations.FUNCTION_CALLS,
        "calls a function, which the proof does not follow",
        "load the model with SavedModels, which inlines function bodies");
    opaque(
        rules,
        ImmutableSet.of("LRN"),
        "normalises by a constant and squares of its input",
        "leave it out: TensorFlow's gradient of it is wrong, too");
    repairable(rules, LIKE_RELU, "is curved or clipped, and so not homogeneous", RELU);
    repairable(rules, ROUNDING, "rounds, which is not homogeneous", "leave the rounding out");
    return rules.buildOrThrow();
  }

  private static void opaque(
      ImmutableMap.Builder<String, ScalingRule> rules,
      ImmutableSet<String> types,
      String reason,
      String fix) {
    for (String type : types) {
      rules.put(type, operation -> Verdict.opaque(reason, fix, operation.leadingDegree()));
    }
  }

  private static void repairable(
      ImmutableMap.Builder<String, ScalingRule> rules,
      ImmutableSet<String> types,
      String reason,
      String fix) {
    for (String type : types) {
      rules.put(type, operation -> Verdict.refused(reason, fix, operation.leadingDegree()));
    }
  }

  /**
   * The value passes, but TensorFlow's gradient is not that of the function: x * stop_gradient(x)
   * is of degree 2, and half of its gradient is missing.
   */
  private static Verdict stopGradient(ScaledOperation operation) {
    DataType type = operation.input(0).dataType();
    boolean hasGradient =
        type == DataType.DT_FLOAT
            || type == DataType.DT_DOUBLE
            || type == DataType.DT_HALF
            || type == DataType.DT_BFLOAT16;
    if (!hasGradient) {
      return Verdict.degree(operation.degree(0));
    }
    return Verdict.refused(
        "stops the gradient on a path from the inputs, so that gradients are not those of the"
            + " function",
        "leave it out",
        operation.degree(0));
  }
}
