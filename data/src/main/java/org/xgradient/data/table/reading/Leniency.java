package org.xgradient.data.table.reading;

import com.google.common.collect.ImmutableList;

/**
 * What holds when rows are read by a schema.
 *
 * @param oddMissing whether texts in numeric columns are missing cells, not errors
 * @param absentMissing whether columns that are not there are columns of missing cells, not errors
 * @param kept the columns whose cells are kept as they stand in the file
 */
record Leniency(boolean oddMissing, boolean absentMissing, ImmutableList<String> kept) {

  static final Leniency STRICT = new Leniency(false, false, ImmutableList.of());

  Leniency withOddMissing() {
    return new Leniency(true, absentMissing, kept);
  }

  Leniency withAbsentMissing() {
    return new Leniency(oddMissing, true, kept);
  }

  Leniency withKept(ImmutableList<String> columns) {
    return new Leniency(oddMissing, absentMissing, columns);
  }
}
