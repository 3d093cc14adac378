package org.xgradient.cli.train;

import java.util.List;
import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.training.LambdaRule;
import org.xgradient.training.LambdaSearch;
import org.xgradient.training.Trainer;

/**
 * How the weight of a prior is found, and what it must keep.
 *
 * @param prior whether there is a prior
 * @param lambda the weight that the user chose; empty to find it
 * @param tolerance how much validation loss a prior may cost; empty for the standard error of it
 * @param strict whether a broken promise is an error
 */
record PromiseOptions(
    boolean prior, Optional<Double> lambda, Optional<Double> tolerance, boolean strict) {

  /** A prior does not keep its promise, and must. What was trained is there still. */
  static final class BrokenException extends DataException {

    private static final long serialVersionUID = 1;

    BrokenException(List<String> broken) {
      super("the prior does not keep its promise: " + String.join("; ", broken));
    }
  }

  /**
   * Checks, where no rows can judge weights, that none is to be found.
   *
   * @throws IllegalArgumentException if one is
   */
  void checkNotSearched() {
    if (prior && lambda.isEmpty()) {
      throw new IllegalArgumentException(
          "lambda is found on validation rows, found none; give some with --validation SHARE, or a"
              + " weight with --lambda WEIGHT");
    }
  }

  /** {@return the search for a table: with a given weight, that and none} */
  Optional<LambdaSearch> search(Trainer trainer) {
    if (!prior || lambda.filter(weight -> weight == 0).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        lambda
            .map(weight -> LambdaSearch.of(trainer).by(new LambdaRule.Given(weight)))
            .orElseGet(() -> found(trainer)));
  }

  /** {@return the search, where trainings are too dear for more than are asked for} */
  Optional<LambdaSearch> searchIfAsked(Trainer trainer) {
    return prior && lambda.isEmpty() ? Optional.of(found(trainer)) : Optional.empty();
  }

  /** {@return the trainer with the given weight, where no rows can judge it} */
  Trainer weighted(Trainer trainer) {
    return prior && lambda.isPresent() ? trainer.withPriorWeights(lambda.get()) : trainer;
  }

  private LambdaSearch found(Trainer trainer) {
    LambdaSearch search = LambdaSearch.of(trainer);
    return tolerance
        .map(loss -> search.by(LambdaRule.StrongestWithin.oneError().withTolerance(loss)))
        .orElse(search);
  }
}
