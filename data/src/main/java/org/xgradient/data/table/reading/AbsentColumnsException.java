package org.xgradient.data.table.reading;

import org.xgradient.data.DataException;

/** A file lacks columns that a schema has. */
public final class AbsentColumnsException extends DataException {

  private static final long serialVersionUID = 1;

  AbsentColumnsException(DataException e) {
    super(String.valueOf(e.getMessage()));
  }
}
