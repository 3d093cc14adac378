package org.xgradient.cli.explain;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.MethodOption;
import org.xgradient.graph.runtime.SessionOptions;
import picocli.CommandLine.Option;

/** Options that the last bits of attributions of a table depend on, and its speed. */
@HelpGroup("Attribution")
final class BatchOptions {

  private static final int USUAL = 1024;

  /** Of methods that draw at random, and of wide tables. */
  private static final int FEWER = 256;

  private static final int WIDE = 4096;

  /** More would be no faster, and memory for so many rows must be there. */
  private static final int MOST = 1 << 20;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      description =
          "For a table: rows that are computed at a time, or 256 at most by ig (default: 1024; 256"
              + " for eg, random and more than 4096 columns). The last bits depend on it, and on"
              + " nothing else but the memory and the threads; so does what eg and random draw.")
  private @Nullable Integer rows;

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
   * @param method what explains them
   * @param columns how many columns they have
   * @throws IllegalArgumentException if there is none
   */
  int rows(MethodOption method, int columns) {
    if (rows == null) {
      return method.draws() || columns > WIDE ? FEWER : USUAL;
    }
    checkArgument(rows >= 1 && rows <= MOST, "--batch must be from 1 to %s, found %s", MOST, rows);
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
