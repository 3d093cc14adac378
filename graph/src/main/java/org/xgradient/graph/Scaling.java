package org.xgradient.graph;

/**
 * What becomes of a tensor when the inputs of a forward pass are multiplied by a positive number
 * \(\alpha\).
 */
sealed interface Scaling {

  /** The tensor stays, and no gradient flows from it to the inputs. */
  static Scaling independent() {
    return new Independent();
  }

  /**
   * The tensor is multiplied by \(\alpha^k\).
   *
   * @param degree the degree \(k\)
   */
  static Scaling homogeneous(double degree) {
    return new Homogeneous(degree, false);
  }

  /** {@return the degree: 0 for what stays} */
  double degree();

  /**
   * {@return whether this holds only if the operations that were found to stand in the way were
   * repaired}
   */
  boolean assumed();

  /** {@return whether the tensor stays} */
  default boolean isInvariant() {
    return degree() == 0;
  }

  /** {@return whether the tensor is one on which the walk has nothing to say} */
  default boolean isIndependent() {
    return this instanceof Independent;
  }

  /** {@return this, on condition that the operations in the way were repaired} */
  Scaling underAssumption();

  /** What does not depend on the values of the inputs, though maybe on their shape. */
  record Independent() implements Scaling {
    @Override
    public double degree() {
      return 0;
    }

    @Override
    public boolean assumed() {
      return false;
    }

    @Override
    public Scaling underAssumption() {
      return this;
    }
  }

  /**
   * What is homogeneous; of degree 0 if it is scale-invariant, as a sign or an arg max is.
   *
   * @param degree the degree
   * @param assumed whether this holds only if operations before it were repaired
   */
  record Homogeneous(double degree, boolean assumed) implements Scaling {
    @Override
    public Scaling underAssumption() {
      return new Homogeneous(degree, true);
    }
  }
}
