package org.xgradient.spark.model;

import com.google.common.base.Ascii;

/** The attribution methods that a stage knows. */
public enum MethodName {
  /** X-Gradient where it is exact, else Integrated Gradients. */
  AUTO,
  /** X-Gradient. */
  XG,
  /** Integrated Gradients. */
  IG,
  /** Expected Gradients, against references that were drawn before. */
  EG,
  /** Input times gradient. */
  IXG;

  /** {@return the name, as parameters have it} */
  public String value() {
    return Ascii.toLowerCase(name());
  }

  /**
   * Finds a method.
   *
   * @param value its name, as parameters have it
   * @return the method
   * @throws IllegalArgumentException if there is none of that name
   */
  public static MethodName of(String value) {
    return valueOf(Ascii.toUpperCase(value));
  }

  /** {@return whether the method takes a baseline: whether it may be Integrated Gradients} */
  public boolean takesBaseline() {
    return this == AUTO || this == IG;
  }
}
