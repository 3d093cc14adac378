package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Sums, products, quotients, powers and what else works element by element. */
final class ArithmeticRules {

  static final ImmutableMap<String, ScalingRule> ALL =
      ImmutableMap.<String, ScalingRule>builder()
          .put("Add", EqualDegrees.ofAll("adds"))
          .put("AddV2", EqualDegrees.ofAll("adds"))
          .put("AddN", EqualDegrees.ofAll("adds"))
          .put("AccumulateNV2", EqualDegrees.ofAll("adds"))
          .put("BiasAdd", EqualDegrees.ofAll("adds"))
          .put("BiasAddV1", EqualDegrees.ofAll("adds"))
          .put("Sub", EqualDegrees.ofAll("adds or subtracts"))
          .put("SquaredDifference", ArithmeticRules::squaredDifference)
          .put("Mul", ArithmeticRules::elementwiseProduct)
          .put("MulNoNan", ArithmeticRules::elementwiseProduct)
          .put("RealDiv", ArithmeticRules::quotient)
          .put("Div", ArithmeticRules::quotient)
          .put("DivNoNan", ArithmeticRules::quotient)
          .put("Xdivy", ArithmeticRules::quotient)
          .put("Pow", ArithmeticRules::power)
          .put("Square", degree(k -> 2 * k))
          .put("Sqrt", degree(k -> k / 2))
          .put("Rsqrt", degree(k -> -k / 2))
          .put("Reciprocal", degree(k -> -k))
          .put("Inv", degree(k -> -k))
          .put("L2Loss", degree(k -> 2 * k))
          .put("Neg", degree(k -> k))
          .put("Abs", degree(k -> k))
          .put("Relu", degree(k -> k))
          // The gradient where the features are positive.
          .put("ReluGrad", degree(k -> k))
          .put("LeakyRelu", degree(k -> k))
          .put("Maximum", EqualDegrees.ofAll("takes the maximum with"))
          .put("Minimum", EqualDegrees.ofAll("takes the minimum with"))
          .put("ClipByValue", EqualDegrees.ofAll("clips at"))
          .put("MatMul", ArithmeticRules::product)
          .put("BatchMatMul", ArithmeticRules::product)
          .put("BatchMatMulV2", ArithmeticRules::product)
          .put("BatchMatMulV3", ArithmeticRules::product)
          .put("Einsum", ArithmeticRules::product)
          .put("Conv2D", ArithmeticRules::product)
          .put("Conv3D", ArithmeticRules::product)
          .put("DepthwiseConv2dNative", ArithmeticRules::product)
          .put("Conv2DBackpropInput", ArithmeticRules::product)
          .buildOrThrow();

  private ArithmeticRules() {}

  /** f of one operand, with f(a^k x) = a^f(k) f(x). */
  private static ScalingRule degree(DoubleUnaryOperator ofDegree) {
    return operation -> Verdict.degree(ofDegree.applyAsDouble(operation.degree(0)));
  }

  /** The degrees of factors add. */
  private static Verdict product(ScaledOperation operation) {
    return Verdict.degree(operation.scalings().stream().mapToDouble(Scaling::degree).sum());
  }

  /** A product with zeros is zero, whatever the degree of the other factor. */
  private static Verdict elementwiseProduct(ScaledOperation operation) {
    for (int i = 0; i < operation.size(); i++) {
      if (operation.scaling(i).isIndependent() && operation.values().isZero(operation.input(i))) {
        return Verdict.outputs(Scaling.independent());
      }
    }
    return product(operation);
  }

  private static Verdict quotient(ScaledOperation operation) {
    return Verdict.degree(operation.degree(0) - operation.degree(1));
  }

  /** (x - y)² */
  private static Verdict squaredDifference(ScaledOperation operation) {
    Verdict difference = EqualDegrees.of(operation, "adds or subtracts", 0, 1);
    return difference instanceof Verdict.Scales scales
        ? Verdict.degree(2 * scales.outputs().get(0).degree())
        : difference;
  }

  /** x^p is of degree k p where p is one finite number that does not depend on the inputs. */
  private static Verdict power(ScaledOperation operation) {
    double degree = operation.degree(0);
    if (!operation.scaling(1).isIndependent()) {
      return Verdict.mismatched(
          "its exponent depends on the inputs", "use a constant exponent", degree);
    }
    Optional<double[]> exponents = operation.values(1);
    if (exponents.isEmpty()) {
      return Verdict.opaque(
          "its exponent, %s, is not known".formatted(operation.describe(1)),
          "use a constant exponent, or let Homogeneity.of evaluate it with a session",
          degree);
    }
    double[] distinct = Arrays.stream(exponents.get()).distinct().toArray();
    if (distinct.length != 1) {
      return Verdict.opaque(
          "its exponents differ: " + Arrays.toString(distinct), "use one exponent", degree);
    }
    return Double.isFinite(distinct[0])
        ? Verdict.degree(degree * distinct[0])
        : Verdict.opaque(
            "its exponent is %s".formatted(distinct[0]), "use a finite exponent", degree);
  }
}
