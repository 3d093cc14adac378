package org.xgradient.spark.model;

/** What the attributions of a row are. */
public enum OutputForm {
  /** An array of doubles, a value for each column. */
  ARRAY,
  /** A vector, with the names of the columns as ML attributes. */
  VECTOR,
  /** A struct with a field for each column. */
  STRUCT;
}
