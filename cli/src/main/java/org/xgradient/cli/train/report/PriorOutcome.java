package org.xgradient.cli.train.report;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.PriorReport;
import org.xgradient.training.TrainingResult;

/**
 * What became of a prior.
 *
 * @param training the training whose parameters the model has
 * @param path the weights that were tried; empty where none were
 * @param inUse how many columns carry 99 % of the attribution with each of them, on the validation
 *     rows; empty for a mask
 * @param report whether it keeps its promise; empty without rows to judge it
 */
public record PriorOutcome(
    TrainingResult training,
    Optional<LambdaPath> path,
    ImmutableList<Integer> inUse,
    Optional<PriorReport> report) {

  /** {@return the weight that was found; empty where none was looked for} */
  public Optional<String> lambda() {
    return path.map(tried -> Double.toString(tried.best().lambda()));
  }
}
