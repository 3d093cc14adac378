package org.xgradient.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xgradient.cli.option.CsvOptions;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.UnfitOptions;
import org.xgradient.data.Provenance;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.table.RowWeights;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.TableSplit;
import org.xgradient.data.table.reading.TableReader;
import picocli.CommandLine.Model.CommandSpec;
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
      names = "--validation-data",
      paramLabel = "FILE.csv",
      description =
          "File with the columns of the table whose rows choose the best epoch, instead of a share of"
              + " the table's.")
  private Optional<Path> validation = Optional.empty();

  @Option(
      names = "--test-data",
      paramLabel = "FILE.csv",
      description =
          "File with the columns of the table whose rows judge the model, instead of a share of the"
              + " table's.")
  private Optional<Path> test = Optional.empty();

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

  /** {@return whether the user says of each row, by a column or a file, what it is for} */
  boolean isGiven() {
    return part.isPresent() || hasFiles();
  }

  /**
   * Refuses shares of parts that are given.
   *
   * @throws IllegalArgumentException if such an option is given
   */
  void refuseIdle(CommandSpec command) {
    if (part.isPresent()) {
      UnfitOptions.of(command, "--split").and("--validation", "--test").refuse();
    }
    if (validation.isPresent()) {
      UnfitOptions.of(command, "--validation-data").and("--validation").refuse();
    }
    if (test.isPresent()) {
      UnfitOptions.of(command, "--test-data").and("--test").refuse();
    }
  }

  /**
   * {@return how rows are split}
   *
   * @throws IllegalArgumentException if several columns are to decide
   */
  TableSplit split(RandomSplit random) {
    long ways = Stream.of(part, group, time).filter(Optional::isPresent).count();
    if (ways > 1) {
      throw new IllegalArgumentException(
          "--split, --group and --time are three ways to split the rows, found several; give one");
    }
    if (hasFiles()) {
      if (ways > 0) {
        throw new IllegalArgumentException(
            "--validation-data and --test-data say which rows are for what, and so do --split,"
                + " --group and --time; give the former or one of the latter");
      }
      return new TableSplit.ByOrigin(
          PartFiles.ORIGIN,
          random.withFractions(
              validation.isPresent() ? 0 : random.validation(),
              test.isPresent() ? 0 : random.test()));
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

  /**
   * {@return what to do about rows of one class only}
   *
   * @param part what they are for, validation or test
   */
  String moreClasses(String part) {
    if ((part.equals(TableSplit.ByOrigin.TEST) ? test : validation).isPresent()) {
      return "take rows of the other class into the file of --%s-data".formatted(part);
    }
    return this.part
        .map(column -> "say %s of rows of the other class in column \"%s\"".formatted(part, column))
        .orElse(PartClasses.ofShare(part));
  }

  private boolean hasFiles() {
    return validation.isPresent() || test.isPresent();
  }

  /** The columns that decide about rows, read as what they are for. */
  TableReader reading(TableReader reader) {
    return reader
        .withTimes(time.stream().toArray(String[]::new))
        .withWeights(weight.stream().toArray(String[]::new))
        .withNames(Stream.of(part, group).flatMap(Optional::stream).toArray(String[]::new));
  }

  /** The files of the other parts, with the columns of the table. */
  PartFiles parts(CsvOptions options, TableSchema schema, String label) {
    return PartFiles.read(options, schema, label, validation, test);
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
