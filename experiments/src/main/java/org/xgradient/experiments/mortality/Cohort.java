package org.xgradient.experiments.mortality;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.DataException;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;

/**
 * People who were examined and followed.
 *
 * @param features what was found at the examination, a row for each person
 * @param followUp what became of them, in the same order
 */
public record Cohort(Table features, FollowUp followUp) {

  /** The name of the label column: 1 alive, 0 dead. */
  public static final String LABEL = "alive";

  /**
   * Checks that there is a follow-up for each person.
   *
   * @throws IllegalArgumentException if the numbers differ
   */
  public Cohort {
    checkArgument(
        features.rows() == followUp.years().length(),
        "there must be a follow-up for each of %s persons, found %s",
        features.rows(),
        followUp.years().length());
  }

  /**
   * The table to train on: the persons of whom it is known whether they are alive at a horizon, and
   * the column {@value #LABEL} that says so.
   *
   * @param horizon the years after the examination, more than 0
   * @return the features and the label; the rows are those of {@link FollowUp#labelsAt}
   * @throws DataException if nothing is known of anyone
   * @throws IllegalArgumentException if the horizon is not positive
   */
  public Table labelledAt(double horizon) {
    FollowUp.Labels labels = followUp.labelsAt(horizon);
    if (labels.rows().isEmpty()) {
      throw new DataException(
          "of nobody is it known whether they are alive after %s years; choose a shorter horizon"
              .formatted(horizon));
    }
    return features
        .gather(labels.rows().toArray())
        .with(NumericColumn.of(LABEL, labels.alive().stream().asDoubleStream().toArray()));
  }
}
