package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.OptionalLong;
import org.tensorflow.ndarray.Shape;

/** Sums, means and extrema over axes and over windows. */
final class ReductionRules {

  /**
   * Maxima and means of windows that reach over the border leave the border out; zeros that a Pad
   * put there are values like others (FAA, Prop. 3.9).
   */
  private static final ImmutableSet<String> KEEP_DEGREE =
      ImmutableSet.of(
          "Sum",
          "Mean",
          "Max",
          "Min",
          "EuclideanNorm",
          "Cumsum",
          "SegmentSum",
          "UnsortedSegmentSum",
          "MaxPool",
          "MaxPoolV2",
          "MaxPool3D",
          "AvgPool",
          "AvgPool3D");

  static final ImmutableMap<String, ScalingRule> ALL = all();

  private ReductionRules() {}

  private static ImmutableMap<String, ScalingRule> all() {
    ImmutableMap.Builder<String, ScalingRule> rules = ImmutableMap.builder();
    for (String type : KEEP_DEGREE) {
      rules.put(type, StructuralRules.keepsDegreeOf(0));
    }
    return rules.put("Prod", ReductionRules::product).buildOrThrow();
  }

  /** A product of n factors of degree k is of degree n k. */
  private static Verdict product(ScaledOperation operation) {
    OptionalLong factors = factors(operation);
    return factors.isPresent()
        ? Verdict.degree(factors.getAsLong() * operation.degree(0))
        : Verdict.opaque(
            "multiplies a number of values that is not known",
            "use constant axes of known sizes",
            operation.leadingDegree());
  }

  /** {@return how many values go into one, if that is known} */
  static OptionalLong factors(ScaledOperation operation) {
    Shape shape = operation.input(0).shape();
    double[] axes = operation.values(1).orElse(null);
    if (axes == null || shape.isUnknown()) {
      return OptionalLong.empty();
    }
    long factors = 1;
    for (double axis : axes) {
      int index = (int) axis;
      long size = shape.get(index < 0 ? index + shape.numDimensions() : index);
      if (size == Shape.UNKNOWN_SIZE) {
        return OptionalLong.empty();
      }
      factors *= size;
    }
    return OptionalLong.of(factors);
  }
}
