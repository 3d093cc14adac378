package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableSet;
import org.tensorflow.GraphOperation;

/**
 * What becomes of a tensor when the inputs of a forward pass are multiplied by a positive number
 * {@code α}.
 */
public sealed interface Scaling {

  /** The tensor stays, and no gradient flows from it to the inputs. */
  static Scaling independent() {
    return new Independent();
  }

  /**
   * The tensor is multiplied by {@code α^k}.
   *
   * @param degree the degree {@code k}
   */
  static Scaling homogeneous(double degree) {
    return new Homogeneous(EqualDegrees.exact(degree), false);
  }

  /**
   * The tensor is a logarithm of what scales: {@code k ln α} is added to it.
   *
   * @param degree the degree {@code k}
   * @param operations the operations that took it, and those that were added
   * @return that; scale-invariant if the degree is 0
   */
  static Scaling logarithm(double degree, ImmutableSet<GraphOperation> operations) {
    double exact = EqualDegrees.exact(degree);
    return exact == 0 ? homogeneous(0) : new Logarithm(exact, false, operations);
  }

  /** {@return the degree: 0 for what stays} */
  double degree();

  /**
   * {@return whether the degree is a guess, because an operation before, found to stand in the way,
   * could be repaired in several ways}
   */
  boolean guessed();

  /** {@return whether the tensor stays} */
  default boolean isInvariant() {
    return degree() == 0;
  }

  /** {@return whether the tensor is one on which the walk has nothing to say} */
  default boolean isIndependent() {
    return this instanceof Independent;
  }

  /** {@return whether the tensor is a logarithm of what scales} */
  default boolean isLogarithm() {
    return this instanceof Logarithm;
  }

  /** {@return this, as a guess} */
  Scaling asGuess();

  /** What does not depend on the values of the inputs, though maybe on their shape. */
  record Independent() implements Scaling {
    @Override
    public double degree() {
      return 0;
    }

    @Override
    public boolean guessed() {
      return false;
    }

    @Override
    public Scaling asGuess() {
      return this;
    }
  }

  /**
   * What is homogeneous; of degree 0 if it is scale-invariant, as a sign or an arg max is.
   *
   * @param degree the degree
   * @param guessed whether the degree is a guess
   */
  record Homogeneous(double degree, boolean guessed) implements Scaling {
    @Override
    public Scaling asGuess() {
      return new Homogeneous(degree, true);
    }
  }

  /**
   * What is added to as the inputs are multiplied, until an exponential makes it homogeneous.
   *
   * @param degree the degree of what the logarithm was taken of
   * @param guessed whether the degree is a guess
   * @param operations the operations that took it, and those that were added
   */
  record Logarithm(double degree, boolean guessed, ImmutableSet<GraphOperation> operations)
      implements Scaling {
    @Override
    public Scaling asGuess() {
      return new Logarithm(degree, true, operations);
    }
  }
}
