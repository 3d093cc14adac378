package org.xgradient.graph;

import com.google.common.collect.ImmutableList;

/** What a rule says of an operation. */
sealed interface Verdict {

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
   * The outputs are not known to be homogeneous.
   *
   * @param reason why
   * @param fix what would help
   * @param repaired the degree of the outputs once it was repaired, with which to look for more
   */
  static Verdict refused(String reason, String fix, double repaired) {
    return new Refused(reason, fix, repaired, false);
  }

  /**
   * The inputs do not go together; which says little if it was assumed how they scale.
   *
   * @param reason why
   * @param fix what would help
   * @param repaired the degree of the outputs once it was repaired, with which to look for more
   */
  static Verdict mismatched(String reason, String fix, double repaired) {
    return new Refused(reason, fix, repaired, true);
  }

  /**
   * The outputs scale in a known way.
   *
   * @param outputs one for each output; the last stands for those after it, too
   */
  record Scales(ImmutableList<Scaling> outputs) implements Verdict {}

  /**
   * The operation stands in the way of a proof.
   *
   * @param reason why
   * @param fix what would help
   * @param repaired the degree of the outputs once it was repaired
   * @param followsFromInputs whether the reason lies in how the inputs scale, so that it is no
   *     finding where that was assumed
   */
  record Refused(String reason, String fix, double repaired, boolean followsFromInputs)
      implements Verdict {}
}
