package org.xgradient.cli.explain;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.cli.option.HelpGroup;
import org.xgradient.graph.runtime.SessionOptions;
import picocli.CommandLine.Option;

/** Options that the last bits of attributions of a table depend on, and its speed. */
@HelpGroup("Attribution")
final class BatchOptions {

  @Option(
      names = "--batch",
      defaultValue = "1024",
      paramLabel = "ROWS",
      description =
          "For a table: rows that are computed at a time (default: ${DEFAULT-VALUE}). The last bits"
              + " depend on it, and on nothing else but the memory and the threads.")
  private int rows;

  @Option(
      names = "--threads",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "For a table: threads that compute; 0 is one a core (default: ${DEFAULT-VALUE}).")
  private int threads;

  @SuppressWarnings("NullAway.Init")
  BatchOptions() {}

  /**
   * {@return the rows of a batch}
   *
   * @throws IllegalArgumentException if there is none
   */
  int rows() {
    checkArgument(rows >= 1, "--batch must be at least 1, found %s", rows);
    return rows;
  }

  /**
   * {@return how the session computes}
   *
   * @throws IllegalArgumentException if the number of threads is negative
   */
  SessionOptions session() {
    checkArgument(threads >= 0, "--threads must be at least 0, found %s", threads);
    return SessionOptions.withDefaults().withThreads(threads, threads);
  }
}
