package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import org.xgradient.graph.gradient.GradientRegistry;
import org.xgradient.graph.gradient.RefusedWindows;
import org.xgradient.graph.walk.StatefulOperations;

/** The rules of the proof, by the type of operation. What has no rule is not proven. */
public final class ScalingRules {

  /** Rules for operations with an operand that is not invariant. */
  private static final ImmutableMap<String, ScalingRule> SCALING =
      ImmutableMap.<String, ScalingRule>builder()
          .putAll(ArithmeticRules.ALL)
          .put("Log", LogarithmRules::logarithm)
          .putAll(StructuralRules.ALL)
          .putAll(ReductionRules.ALL)
          .putAll(InvariantRules.ALL)
          .putAll(BatchNormalizationRule.ALL)
          .putAll(RefusedOperations.ALL)
          .buildOrThrow();

  /** Rules that hold for invariant operands, too. */
  private static final ImmutableMap<String, ScalingRule> ALWAYS =
      ImmutableMap.<String, ScalingRule>builder()
          .putAll(InvariantRules.OF_SHAPE)
          .putAll(RefusedOperations.GRADIENT_STOPS)
          .buildOrThrow();

  private ScalingRules() {}

  /** {@return the types of operation that have a rule} */
  static ImmutableSet<String> types() {
    return Sets.union(SCALING.keySet(), ALWAYS.keySet()).immutableCopy();
  }

  /**
   * Judges an operation.
   *
   * @param operation the operation
   * @return how its outputs scale
   */
  public static Verdict judge(ScaledOperation operation) {
    String type = operation.type();
    boolean dependent = operation.scalings().stream().anyMatch(s -> !s.isIndependent());
    if (StatefulOperations.mayChange(type) && !RefusedOperations.isOpaque(type)) {
      return Verdict.opaque(
          "may give another value in each run, so that the logits are no function of the inputs",
          "use an operation without a state; a stateless random one takes a seed that is fed",
          operation.leadingDegree());
    }
    if (!dependent && !StatefulOperations.mayChange(type)) {
      return Verdict.outputs(Scaling.independent());
    }
    if (ALWAYS.containsKey(type)) {
      return ALWAYS.get(type).apply(operation);
    }
    if (operation.scalings().stream().anyMatch(Scaling::isLogarithm)) {
      return LogarithmRules.judge(operation);
    }
    boolean scales = operation.scalings().stream().anyMatch(s -> !s.isInvariant());
    if (!scales && !StatefulOperations.mayChange(type)) {
      return Verdict.degree(0);
    }
    return RefusedWindows.refusal(operation.operation())
        .map(refused -> Verdict.refused(refused.reason(), refused.fix(), operation.leadingDegree()))
        .orElseGet(() -> SCALING.getOrDefault(type, ScalingRules::unknown).apply(operation));
  }

  private static Verdict unknown(ScaledOperation operation) {
    return Verdict.opaque(
        "is not an operation that the proof knows",
        GradientRegistry.has(operation.type())
            ? "replace it by one that it knows, or use Integrated Gradients"
            : "replace it by one that it knows: it has no gradient either",
        operation.leadingDegree());
  }
}
