package org.xgradient.data;

/** What the labels of a data set mean. */
public enum Task {
  /** Labels are 0 or 1; a model has one logit. */
  BINARY,
  /** Labels are class indices {@code 0 .. classes - 1}; a model has one logit for each class. */
  MULTICLASS,
  /** Labels are real numbers; a model has one output. */
  REGRESSION
}
