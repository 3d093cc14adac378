package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;

/**
 * What holds when rows are read by a schema.
 *
 * @param oddMissing whether texts in numeric columns are missing cells, not errors
 * @param absentMissing whether columns that are not there are columns of missing cells, not errors
 * @param kept the columns whose cells are kept as they stand in the file
 */
record RowRules(boolean oddMissing, boolean absentMissing, ImmutableList<String> kept) {

  static final RowRules STRICT = new RowRules(false, false, ImmutableList.of());

  RowRules withOddMissing() {
    return new RowRules(true, absentMissing, kept);
  }

  RowRules withAbsentMissing() {
    return new RowRules(oddMissing, true, kept);
  }

  RowRules withKept(ImmutableList<String> columns) {
    return new RowRules(oddMissing, absentMissing, columns);
  }
}
