package org.xgradient.cli.option;

import org.xgradient.data.FloatArray;

/** The rows of a file as a model is explained on them, some at a time. */
public interface ExplainedRows extends AutoCloseable {

  /** {@return whether there are more} */
  boolean hasNext();

  /** {@return the next ones, of shape {@code [rows, ...]}} */
  FloatArray next();

  @Override
  void close();
}
