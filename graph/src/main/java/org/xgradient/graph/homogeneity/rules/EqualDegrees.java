package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;

/**
 * Operands that must scale alike for their operation to be homogeneous: the terms of a sum, the
 * parts of a concatenation, what a maximum is taken of.
 *
 * <p>Operands that are zero or infinite everywhere are multiples of themselves, and go with every
 * degree.
 */
final class EqualDegrees {

  /**
   * Degrees are sums and products of a few numbers, among them exponents that are rounded to
   * floats: the cube of a cube root is of degree {@code 1 + 3e-8}. An input must be multiplied by a
   * million for such a difference to show in the digits of a float.
   */
  private static final double ROUNDING = 1e-6;

  private EqualDegrees() {}

  /**
   * A rule for operations all of whose operands must scale alike.
   *
   * @param verb what the operation does with an operand, as in {@code adds}
   */
  static ScalingRule ofAll(String verb) {
    return operation -> {
      int[] all = new int[operation.size()];
      Arrays.setAll(all, i -> i);
      return of(operation, verb, all);
    };
  }

  /**
   * A rule for operations some of whose operands must scale alike.
   *
   * @param verb what the operation does with an operand, as in {@code adds}
   * @param operands the indices of those that must scale alike
   */
  static ScalingRule of(String verb, int... operands) {
    return operation -> of(operation, verb, operands);
  }

  /**
   * Checks that operands scale alike.
   *
   * @param operation the operation
   * @param verb what it does with an operand, as in {@code adds}
   * @param operands the indices of the operands
   * @return their common degree, or why there is none
   */
  static Verdict of(ScaledOperation operation, String verb, int... operands) {
    ImmutableList<Integer> bound =
        Arrays.stream(operands)
            .filter(i -> !operation.isOfEveryDegree(i))
            .boxed()
            .collect(ImmutableList.toImmutableList());
    ImmutableList<Integer> dependent =
        bound.stream()
            .filter(i -> !operation.scaling(i).isIndependent())
            .collect(ImmutableList.toImmutableList());
    if (dependent.isEmpty()) {
      return Verdict.degree(0);
    }
    double degree = operation.degree(dependent.get(0));
    for (int i : dependent) {
      if (!equal(operation.degree(i), degree)) {
        return differ(operation, degree, operation.degree(i));
      }
    }
    Optional<Integer> constant =
        bound.stream().filter(i -> operation.scaling(i).isIndependent()).findFirst();
    return constant.isEmpty() || degree == 0
        ? Verdict.degree(degree)
        : AddedConstant.verdict(operation, verb, constant.get(), dependent.get(0));
  }

  private static Verdict differ(ScaledOperation operation, double first, double second) {
    return Verdict.mismatched(
        "its operands have different degrees, %s and %s".formatted(format(first), format(second)),
        "give its branches the same degree",
        operation.leadingDegree());
  }

  /** {@return the whole number that a degree is but for rounding, or the degree} */
  static double exact(double degree) {
    return equal(degree, Math.rint(degree)) ? Math.rint(degree) : degree;
  }

  static boolean equal(double first, double second) {
    return Math.abs(first - second) < ROUNDING;
  }

  static String format(double degree) {
    return equal(degree, Math.rint(degree))
        ? Long.toString(Math.round(degree))
        : Double.toString(degree);
  }
}
