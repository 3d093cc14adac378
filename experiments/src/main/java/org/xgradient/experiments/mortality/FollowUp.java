package org.xgradient.experiments.mortality;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/**
 * How long each person was followed, and whether they died.
 *
 * @param years for each person the years from the examination: positive to the death, negative to
 *     when the person was last seen alive, 0 if there was no follow-up; finite
 */
public record FollowUp(ImmutableDoubleArray years) {

  /**
   * Checks the years.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  public FollowUp {
    for (int i = 0; i < years.length(); i++) {
      double found = years.get(i);
      checkArgument(Double.isFinite(found), "years must be finite, found %s", found);
    }
  }

  /**
   * Who is dead and who alive at a horizon.
   *
   * @param rows the indices of the persons of whom it is known, in order
   * @param alive for each of them 1 if alive, 0 if dead
   * @param dropped of how many persons it is not known
   */
  public record Labels(ImmutableIntArray rows, ImmutableIntArray alive, int dropped) {

    /** {@return how many persons are alive} */
    public int aliveCount() {
      return alive.stream().sum();
    }

    /** {@return how many persons are dead} */
    public int deadCount() {
      return alive.length() - aliveCount();
    }
  }

  /**
   * Labels the persons: dead (0) who died within the horizon, alive (1) who died after it, or was
   * seen alive at it or after it; all others are dropped.
   *
   * @param horizon the years after the examination, more than 0
   * @return the labels
   * @throws IllegalArgumentException if the horizon is not positive
   */
  public Labels labelsAt(double horizon) {
    checkArgument(
        horizon > 0 && Double.isFinite(horizon),
        "the horizon must be more than 0 years, found %s",
        horizon);
    ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    ImmutableIntArray.Builder alive = ImmutableIntArray.builder();
    for (int i = 0; i < years.length(); i++) {
      boolean survived = years.get(i) > horizon || years.get(i) <= -horizon;
      if (survived || years.get(i) > 0) {
        rows.add(i);
        alive.add(survived ? 1 : 0);
      }
    }
    ImmutableIntArray known = rows.build();
    return new Labels(known, alive.build(), years.length() - known.length());
  }
}
