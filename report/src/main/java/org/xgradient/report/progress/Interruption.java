package org.xgradient.report.progress;

import java.util.concurrent.CancellationException;

/** What a user reads when work was interrupted. */
public final class Interruption {

  private Interruption() {}

  /**
   * An interruption in other words.
   *
   * @param message how far the work was, and what is left of it
   * @param cause what was thrown where it was noticed
   * @return the exception
   */
  public static CancellationException of(String message, Exception cause) {
    var exception = new CancellationException(message);
    exception.initCause(cause);
    return exception;
  }
}
