package org.xgradient.benchmarks.command;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A command to be measured.
 *
 * @param name the name, such as {@code CLI.attribute.rows10}
 * @param command what is run
 * @param rows the rows of the table it reads; 0 if it reads none
 * @param columns the columns of the table
 */
public record CommandWork(String name, Command command, int rows, int columns) {

  /** All names begin so. */
  public static final String PREFIX = "CLI";

  private static final int COLUMNS = 20;

  private static final ImmutableList<CommandWork> ALL =
      ImmutableList.of(
          new CommandWork("CLI.load", Command.LOAD, 0, 0),
          new CommandWork("CLI.help", Command.HELP, 0, 0),
          new CommandWork("CLI.attribute.rows10", Command.ATTRIBUTE, 10, COLUMNS),
          new CommandWork("CLI.attribute.rows100k", Command.ATTRIBUTE, 100_000, COLUMNS),
          new CommandWork("CLI.attribute.rows1m", Command.ATTRIBUTE, 1_000_000, COLUMNS),
          new CommandWork("CLI.attribute.columns5000", Command.ATTRIBUTE, 1000, 5000),
          new CommandWork("CLI.predict.rows10", Command.PREDICT, 10, COLUMNS),
          new CommandWork("CLI.predict.rows100k", Command.PREDICT, 100_000, COLUMNS),
          new CommandWork("CLI.predict.rows1m", Command.PREDICT, 1_000_000, COLUMNS),
          new CommandWork("CLI.predict.columns5000", Command.PREDICT, 1000, 5000),
          new CommandWork("CLI.train.rows100k", Command.TRAIN, 100_000, 50));

  /** What is run. */
  public enum Command {
    /** No command: TensorFlow alone. */
    LOAD,
    HELP,
    ATTRIBUTE,
    PREDICT,
    /** Three epochs. */
    TRAIN
  }

  /** {@return what describes the work} */
  ImmutableMap<String, Object> params() {
    return rows == 0 ? ImmutableMap.of() : ImmutableMap.of("rows", rows, "columns", columns);
  }

  /**
   * Works by their names, or the beginnings of their names up to a dot.
   *
   * @param names the names; none for all
   * @throws IllegalArgumentException if there is none for one of the names
   */
  public static ImmutableList<CommandWork> matching(List<String> names) {
    for (String name : names) {
      checkArgument(
          ALL.stream().anyMatch(work -> work.matches(name)),
          "there is no workload '%s'; there are %s",
          name,
          ALL.stream().map(CommandWork::name).collect(Collectors.joining(", ")));
    }
    return ALL.stream()
        .filter(work -> names.isEmpty() || names.stream().anyMatch(work::matches))
        .collect(ImmutableList.toImmutableList());
  }

  private boolean matches(String wanted) {
    return name.equals(wanted) || name.startsWith(wanted + ".");
  }
}
