package org.xgradient.cli.train;

import java.util.Optional;
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.graph.BoundModel;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.LambdaRule;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.swap.SwapEffect;

/**
 * What a mask promises of test examples that are not rows of a table.
 *
 * @param masked what may be swapped
 * @param strict whether a broken promise is an error
 * @param nothing what is said where no test example has something to swap
 * @param broken what is said of the share of decisions that change, which is its argument, as a
 *     percentage
 */
record SwapPromise(Masked masked, boolean strict, String nothing, String broken) {

  /**
   * Looks whether it is kept, and says so if it is not.
   *
   * @return what a swap does; empty if there is nothing to swap
   * @throws DataException if it is not kept, and must be
   */
  Optional<SwapEffect> check(BoundModel model, Dataset test) {
    SwapEffect effect = SwapEffect.of(model, test, masked);
    if (effect.rows() == 0) {
      System.err.println("warning: " + nothing);
      return Optional.empty();
    }
    if (effect.changed() > LambdaRule.WeakestIndependent.CHANGED) {
      String sentence = broken.formatted(percent(effect));
      if (strict) {
        throw new DataException("the prior does not keep its promise: " + sentence);
      }
      System.err.println("warning: " + sentence);
    }
    return Optional.of(effect);
  }

  /** The share of the decisions that change, as a percentage. */
  static String percent(SwapEffect effect) {
    return Numbers.significant(100 * effect.changed(), 2);
  }
}
