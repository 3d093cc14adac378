package org.xgradient.graph.homogeneity.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.tensorflow.GraphOperation;

/** What a rule says of an operation. */
public sealed interface Verdict {

  /**
   * All outputs are homogeneous.
   *
   * @param degree their degree
   */
  static Verdict degree(double degree) {
    return new Scales(ImmutableList.of(Scaling.homogeneous(degree)));
  }

  /**
   * Each output scales in a way of its own.
   *
   * @param outputs one for each output; the last stands for those after it, too
   */
  static Verdict outputs(Scaling... outputs) {
    return new Scales(ImmutableList.copyOf(outputs));
  }

  /**
   * The operation stands in the way of a proof, and there is one way to repair it.
   *
   * @param reason why
   * @param fix what would help
   * @param repaired the degree of the outputs once it was repaired, with which to look for more
   */
  static Verdict refused(String reason, String fix, double repaired) {
    return new Refused(reason, fix, Scaling.homogeneous(repaired), false);
  }

  /**
   * The operation stands in the way of a proof, and what its outputs would be without is a guess.
   *
   * @param reason why
   * @param fix what would help
   * @param guess the degree of the outputs with which to look for more
   */
  static Verdict opaque(String reason, String fix, double guess) {
    return new Refused(reason, fix, Scaling.homogeneous(guess).asGuess(), false);
  }

  /**
   * The operands do not go together; which is no finding where their degrees are guesses.
   *
   * @param reason why
   * @param fix what would help
   * @param guess the degree of the outputs with which to look for more
   */
  static Verdict mismatched(String reason, String fix, double guess) {
    return new Refused(reason, fix, Scaling.homogeneous(guess).asGuess(), true);
  }

  /**
   * The outputs scale in a known way.
   *
   * @param outputs one for each output; the last stands for those after it, too
   */
  record Scales(ImmutableList<Scaling> outputs) implements Verdict {}

  /**
   * Logarithms stand in the way of a proof, for the operation is none that takes them back.
   *
   * @param logarithms the operations that took them
   * @param guess the degree of the outputs with which to look for more
   */
  record RefusedLogarithm(ImmutableSet<GraphOperation> logarithms, double guess)
      implements Verdict {

    /** {@return why they stand in the way} */
    public String reason() {
      return RefusedOperations.CURVED;
    }

    /** {@return what would help} */
    public String fix() {
      return RefusedOperations.RELU;
    }
  }

  /**
   * The operation stands in the way of a proof.
   *
   * @param reason why
   * @param fix what would help
   * @param repaired how the outputs would scale if it were repaired
   * @param followsFromDegrees whether the reason lies in the degrees of the operands, so that it is
   *     no finding where those are guesses
   */
  record Refused(String reason, String fix, Scaling repaired, boolean followsFromDegrees)
      implements Verdict {}
}
