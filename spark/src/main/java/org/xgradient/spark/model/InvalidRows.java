package org.xgradient.spark.model;

/** What is done with rows that can't be used. */
public enum InvalidRows {
  /** The job fails; the message names the row. */
  ERROR,
  /** They are left out. */
  SKIP,
  /** They are kept, with null in what is added. */
  KEEP
}
