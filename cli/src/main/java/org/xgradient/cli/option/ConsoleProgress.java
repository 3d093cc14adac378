package org.xgradient.cli.option;

import org.xgradient.report.progress.ProgressReporter;

/** Progress of commands, on the standard error stream. */
public final class ConsoleProgress {

  private ConsoleProgress() {}

  /** {@return bars on a terminal, lines elsewhere; to be closed} */
  public static ProgressReporter open() {
    return ProgressReporter.forConsole(System.err::println);
  }
}
