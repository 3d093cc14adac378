package org.xgradient.cli.option;

import org.xgradient.data.FloatArray;

/** The rows of a file as a model is explained on them, some at a time. */
public interface ExplainedRows extends AutoCloseable {

  /** {@return whether there are more} */
  boolean hasNext();

  /** {@return the next ones, of shape {@code [rows, ...]}} */
  FloatArray next();

  /**
   * Says what a model that knows its training rows has not seen in the rows so far.
   *
   * @param option the option that names the file
   * @throws org.xgradient.data.DataException if it is more than is tolerated
   */
  default void judge(String option) {}

  @Override
  void close();
}
