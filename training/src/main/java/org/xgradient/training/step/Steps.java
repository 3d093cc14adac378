package org.xgradient.training.step;

import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.PathMethod;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.rows.RowIndependence;
import org.xgradient.training.objective.AttributionPrior;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.objective.PriorByExample;
import org.xgradient.training.objective.WeightedPrior;
import org.xgradient.training.optimizer.UpdateRule;

/** Runs a step in one run if that keeps within a memory budget, in several otherwise. */
public final class Steps {

  private final BoundModel bound;
  private final Objective objective;
  private final UpdateRule rule;
  private final WholeStep whole;
  private final long bytesPerRow;
  private @Nullable PartialStep partial;

  /**
   * Adds the operations of a step.
   *
   * @throws org.xgradient.graph.rows.MixedRowsException if there is a prior, and rows of a batch
   *     know each other in training mode
   */
  public Steps(BoundModel bound, Objective objective, UpdateRule rule) {
    this.bound = bound;
    this.objective = objective;
    this.rule = rule;
    whole = new WholeStep(bound, objective, rule);
    if (!objective.priors().isEmpty()) {
      RowIndependence.of(whole.pass()).requireNotMixed();
    }
    bytesPerRow = whole.pass().bytesPerRow();
  }

  public StepLosses run(StepInput input, long memoryBudget) {
    int rows = input.batch().size();
    if (wholeBytes(rows) <= memoryBudget) {
      return whole.run(input);
    }
    if (partial == null) {
      partial = new PartialStep(bound, objective, rule);
    }
    int part = (int) affordable(memoryBudget, secondOrderBytes(bytesPerRow), rows);
    int points =
        (int) affordable(memoryBudget, part * secondOrderBytes(bytesPerRow), Integer.MAX_VALUE);
    return partial.run(input, part, points);
  }

  private long wholeBytes(int rows) {
    return bytesPerRow(objective, bytesPerRow) * rows;
  }

  /** The bytes that loss and priors take for each row, given those of a pass. */
  static long bytesPerRow(Objective objective, long ofPass) {
    long bytes = ofPass;
    for (WeightedPrior prior : objective.priors()) {
      if (prior instanceof PriorByExample byExample) {
        bytes += byExample.passes() * ofPass;
      } else if (prior instanceof AttributionPrior ofAttributions
          && ofAttributions.method() instanceof PathMethod path) {
        bytes += path.points() * secondOrderBytes(ofPass);
      } else {
        bytes += ofPass;
      }
    }
    return bytes;
  }

  /** A gradient of a gradient keeps the values of the pass and of the gradient, and one of each. */
  private static long secondOrderBytes(long ofPass) {
    return 2 * ofPass;
  }

  private static long affordable(long budget, long bytesOfOne, long wanted) {
    return Math.max(1, Math.min(wanted, budget / bytesOfOne));
  }
}
