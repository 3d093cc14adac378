package org.xgradient.cli.train;

import java.util.List;
import org.xgradient.data.DataException;

/** A prior does not keep its promise, and must. What was trained is there still. */
final class BrokenPromiseException extends DataException {

  private static final long serialVersionUID = 1;

  BrokenPromiseException(List<String> broken) {
    super("the prior does not keep its promise: " + String.join("; ", broken));
  }
}
