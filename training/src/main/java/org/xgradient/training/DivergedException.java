package org.xgradient.training;

/**
 * The objective is no longer a number: the learning rate or the weight of a prior is too large, or
 * the data have values that are not finite.
 */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  static final String ADVICE =
      "lower the learning rate or the weights of the priors, and look for values in the data that"
          + " are not finite";

  /**
   * Creates the exception.
   *
   * @param message which step, what was found, and what to do
   */
  public DivergedException(String message) {
    super(message);
  }
}
