package org.xgradient.cli.train.report;

import java.util.Optional;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.PriorReport;

/**
 * What became of a prior.
 *
 * @param path the weights that were tried
 * @param report whether it keeps its promise; empty without test rows
 */
public record PriorOutcome(LambdaPath path, Optional<PriorReport> report) {

  /** Without test rows. */
  public PriorOutcome(LambdaPath path) {
    this(path, Optional.empty());
  }

  /** {@return the weight that was taken} */
  public String lambda() {
    return Double.toString(path.best().lambda());
  }
}
