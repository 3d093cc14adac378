package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.xgradient.data.table.ColumnReading;

/**
 * What holds when a file is found out about.
 *
 * @param choices what a person decided about columns
 * @param decimal the decimal sign, if a person decided it
 * @param more texts of missing cells besides the usual ones
 * @param present usual texts of missing cells that are none here
 * @param tolerance the share of the cells of a column of numbers that may be something else
 */
record ScanRules(
    ColumnChoices choices,
    Optional<Character> decimal,
    ImmutableSet<String> more,
    ImmutableSet<String> present,
    double tolerance) {

  /**
   * One in a hundred: a column of prices with "sold out" is one of numbers, one of sizes is not.
   */
  static final double TOLERANCE = 0.01;

  static final ScanRules USUAL =
      new ScanRules(
          ColumnChoices.NONE, Optional.empty(), ImmutableSet.of(), ImmutableSet.of(), TOLERANCE);

  ScanRules with(ColumnChoices changed) {
    return new ScanRules(changed, decimal, more, present, tolerance);
  }

  ScanRules withDecimal(char sign) {
    return new ScanRules(choices, Optional.of(sign), more, present, tolerance);
  }

  ScanRules withMissing(ImmutableSet<String> texts) {
    return new ScanRules(choices, decimal, texts, present, tolerance);
  }

  ScanRules withPresent(ImmutableSet<String> texts) {
    return new ScanRules(choices, decimal, more, texts, tolerance);
  }

  ScanRules withTolerance(double share) {
    return new ScanRules(choices, decimal, more, present, share);
  }

  ColumnScan scan(String column) {
    return new ColumnScan(
        column,
        choices.isLabel(column),
        ColumnReading.missing(false, more, present),
        ColumnReading.missing(true, more, present));
  }
}
