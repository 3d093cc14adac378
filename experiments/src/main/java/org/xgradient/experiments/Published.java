package org.xgradient.experiments;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;

/**
 * A number that the paper or its authors' files give.
 *
 * @param name what it is the number of, such as a method
 * @param value the number
 * @param standardError its standard error; empty if none is given
 * @param source where it stands
 */
public record Published(String name, double value, OptionalDouble standardError, String source) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the value is not finite, or the error negative
   */
  public Published {
    checkArgument(Double.isFinite(value), "a published value must be finite, found %s", value);
    checkArgument(
        standardError.orElse(0) >= 0,
        "a standard error must be at least 0, found %s",
        standardError.orElse(0));
  }

  /**
   * A number without an error.
   *
   * @param name what it is the number of
   * @param value the number
   * @param source where it stands
   * @return the number
   */
  public static Published of(String name, double value, String source) {
    return new Published(name, value, OptionalDouble.empty(), source);
  }

  /**
   * A mean with its error.
   *
   * @param name what it is the number of
   * @param value the mean
   * @param standardError its standard error
   * @param source where it stands
   * @return the number
   */
  public static Published of(String name, double value, double standardError, String source) {
    return new Published(name, value, OptionalDouble.of(standardError), source);
  }
}
