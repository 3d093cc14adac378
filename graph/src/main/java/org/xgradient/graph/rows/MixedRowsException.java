package org.xgradient.graph.rows;

import com.google.common.collect.ImmutableList;
import org.xgradient.graph.rows.RowIndependence.Finding;

/** Thrown for a model the output of whose rows depends on other rows; says which operations do. */
public final class MixedRowsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<Finding> findings;

  MixedRowsException(ImmutableList<Finding> findings) {
    super(
        "the rows of a batch know each other, so that no row can be explained by itself:"
            + Finding.list(findings));
    this.findings = findings;
  }

  /** {@return the operations in which rows know each other} */
  public ImmutableList<Finding> findings() {
    return findings;
  }
}
