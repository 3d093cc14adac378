package org.xgradient.cli.page;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.OptionalDouble;

/**
 * What is said of a row, in the words and the unit of the label.
 *
 * @param explainedClass the index of the class whose output is explained; -1 for a number
 * @param end the output for the row
 * @param start the output at the baseline; empty for a method that is not complete
 * @param probability the probability of the class; NaN for a number
 * @param contributions what each column adds, or each feature
 */
public record ExplainedRow(
    int explainedClass,
    double end,
    OptionalDouble start,
    double probability,
    ImmutableDoubleArray contributions) {

  static ExplainedRow ofNumber(double end, OptionalDouble start, double... contributions) {
    return new ExplainedRow(-1, end, start, Double.NaN, ImmutableDoubleArray.copyOf(contributions));
  }

  boolean isNumber() {
    return explainedClass < 0;
  }
}
