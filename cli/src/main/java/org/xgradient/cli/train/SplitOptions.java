package org.xgradient.cli.train;

import org.xgradient.cli.option.HelpGroup;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import picocli.CommandLine.Option;

/** Options of which examples are for what. */
@HelpGroup("Rows and images")
final class SplitOptions {

  @Option(
      names = "--validation",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description =
          "Share of the rows, images or texts that choose the best epoch (default: ${DEFAULT-VALUE});"
              + " with 0 all epochs are trained.")
  private double validationShare;

  @Option(
      names = "--test",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description =
          "Share of the rows, images or texts that judge the model (default: ${DEFAULT-VALUE}); with 0"
              + " nothing does.")
  private double testShare;

  SplitOptions() {}

  /**
   * {@return the split}
   *
   * @throws IllegalArgumentException if a share is out of its range
   */
  RandomSplit split(long seed) {
    return RandomSplit.withDefaults().withFractions(validationShare, testShare).withSeed(seed);
  }

  /** {@return whether a share of the examples chooses the best epoch} */
  boolean hasValidation() {
    return validationShare > 0;
  }

  Provenance describe(Provenance provenance) {
    return provenance.with("split", "validation %s, test %s".formatted(validationShare, testShare));
  }
}
