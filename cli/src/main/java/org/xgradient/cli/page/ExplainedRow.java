package org.xgradient.cli.page;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.OptionalDouble;

/**
 * What is said of a row, in the words and the unit of the label.
 *
 * @param explainedClass the index of the class whose output is explained; -1 for a number
 * @param end the output for the row
 * @param start the output at the baseline; empty for a method that is not complete
 * @param probability the probability of the class; NaN for a number, or where there is none
 * @param contributions what each column adds, or each feature
 */
public record ExplainedRow(
    int explainedClass,
    double end,
    OptionalDouble start,
    double probability,
    ImmutableDoubleArray contributions) {

  /** A row whose output is a number. */
  public static ExplainedRow ofNumber(double end, OptionalDouble start, double... contributions) {
    return new ExplainedRow(-1, end, start, Double.NaN, ImmutableDoubleArray.copyOf(contributions));
  }

  /** The same of one of several outputs; NaN where there is no probability. */
  public ExplainedRow ofClass(int index, double likely) {
    return new ExplainedRow(index, end, start, likely, contributions);
  }

  boolean isNumber() {
    return explainedClass < 0;
  }
}
