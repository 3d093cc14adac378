package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;

/**
 * Operations whose result stays when their operands are multiplied by a positive number: shapes,
 * signs, comparisons of what scales alike, positions of extrema.
 */
final class InvariantRules {

  /** Rules for operands that are not all invariant. */
  static final ImmutableMap<String, ScalingRule> ALL =
      ImmutableMap.<String, ScalingRule>builder()
          .put("Sign", InvariantRules::invariant)
          .put("ArgMax", InvariantRules::invariant)
          .put("ArgMin", InvariantRules::invariant)
          .put("Where", InvariantRules::invariant)
          .put("IsNan", InvariantRules::invariant)
          .put("IsInf", InvariantRules::invariant)
          .put("IsFinite", InvariantRules::invariant)
          .put("Greater", InvariantRules::comparison)
          .put("GreaterEqual", InvariantRules::comparison)
          .put("Less", InvariantRules::comparison)
          .put("LessEqual", InvariantRules::comparison)
          .put("Equal", InvariantRules::comparison)
          .put("NotEqual", InvariantRules::comparison)
          .put("TopKV2", InvariantRules::valuesAndPositions)
          .put("MaxPoolWithArgmax", InvariantRules::valuesAndPositions)
          .buildOrThrow();

  /** Rules for all operands: what does not depend on the values of an operand. */
  static final ImmutableMap<String, ScalingRule> OF_SHAPE =
      ImmutableMap.<String, ScalingRule>builder()
          .put("Shape", InvariantRules::independent)
          .put("ShapeN", InvariantRules::independent)
          .put("Size", InvariantRules::independent)
          .put("Rank", InvariantRules::independent)
          .put("ZerosLike", InvariantRules::independent)
          .put("OnesLike", InvariantRules::independent)
          .buildOrThrow();

  private InvariantRules() {}

  private static Verdict invariant(ScaledOperation operation) {
    return Verdict.degree(0);
  }

  private static Verdict independent(ScaledOperation operation) {
    return Verdict.outputs(Scaling.independent());
  }

  private static Verdict valuesAndPositions(ScaledOperation operation) {
    return Verdict.outputs(operation.scaling(0), Scaling.homogeneous(0));
  }

  /** a^k x > a^k y if and only if x > y; there is no such thing for x > 1. */
  private static Verdict comparison(ScaledOperation operation) {
    Verdict verdict = EqualDegrees.of(operation, "compares with", 0, 1);
    return verdict instanceof Verdict.Refused refused
        ? Verdict.mismatched(
            refused.reason() + ", so that its outcome changes with the scale",
            "compare with 0, or with something of the same degree",
            0)
        : Verdict.degree(0);
  }
}
