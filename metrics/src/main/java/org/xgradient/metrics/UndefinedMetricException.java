package org.xgradient.metrics;

/** A metric has no value for the data given, such as a ROC-AUC where all labels are the same. */
public final class UndefinedMetricException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * Creates the exception.
   *
   * @param message which metric, what it needs, and what was found
   */
  public UndefinedMetricException(String message) {
    super(message);
  }
}
