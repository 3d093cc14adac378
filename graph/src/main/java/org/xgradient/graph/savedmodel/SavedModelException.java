package org.xgradient.graph.savedmodel;

import org.xgradient.data.DataException;

/**
 * A SavedModel that cannot be used: missing, damaged, or with something in it that stands in the
 * way. The message is one line that names the operation or the file, and says what to do.
 */
public final class SavedModelException extends DataException {

  private static final long serialVersionUID = 1L;

  SavedModelException(String message) {
    super(message);
  }

  SavedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
