package org.xgradient.cli.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.table.RowWeights;
import org.xgradient.data.table.TableSplit;
import picocli.CommandLine.Option;

/** Options of which rows of a table are for what, and how much they count. */
@HelpGroup("Rows of a table")
final class RowSplitOptions {

  @Option(
      names = "--split",
      paramLabel = "COLUMN",
      description =
          "Column that says what each row is for: train, validation or test. It is no feature.")
  private Optional<String> part = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description =
          "Column, such as of persons, whose equal rows stay together in one part. It is no feature.")
  private Optional<String> group = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "Column of numbers or dates by which the last rows judge the model, and those before them"
              + " choose the epoch. It is no feature.")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description =
          "Column that says how much each row counts in training, which is how often it is met. It is"
              + " no feature.")
  private Optional<String> weight = Optional.empty();

  @Option(
      names = "--balance",
      description =
          "Count each class as much as the others in training. Probabilities then are those of a"
              + " population in which classes are equally frequent.")
  private boolean balance;

  @SuppressWarnings("NullAway.Init")
  RowSplitOptions() {}

  /**
   * {@return how rows are split}
   *
   * @throws IllegalArgumentException if several columns are to decide
   */
  TableSplit split(RandomSplit random) {
    if (Stream.of(part, group, time).filter(Optional::isPresent).count() > 1) {
      throw new IllegalArgumentException(
          "--split, --group and --time are three ways to split the rows, found several; give one");
    }
    if (part.isPresent()) {
      return new TableSplit.ByPart(part.get());
    }
    if (group.isPresent()) {
      return new TableSplit.ByGroup(group.get(), random.validation(), random.test(), random.seed());
    }
    return time.isPresent()
        ? new TableSplit.ByTime(time.get(), random.validation(), random.test())
        : new TableSplit.AtRandom(random);
  }

  RowWeights weights() {
    return new RowWeights(weight, balance);
  }

  /** Adds what is not usual. */
  Provenance describe(Provenance provenance) {
    Provenance described = provenance;
    for (Optional<String> column : List.of(part, group, time)) {
      if (column.isPresent()) {
        described = described.with("split by", column.get());
      }
    }
    if (weight.isPresent()) {
      described = described.with("weights", weight.get());
    }
    return balance ? described.with("classes", "balanced") : described;
  }
}
