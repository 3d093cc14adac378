package org.xgradient.cli.option;

import org.xgradient.cli.terminal.StandardError;
import org.xgradient.cli.terminal.Verbosity;
import org.xgradient.report.progress.ProgressReporter;

/** Progress of commands, on the standard error stream. */
public final class ConsoleProgress {

  private ConsoleProgress() {}

  /** {@return bars on a terminal, lines elsewhere, nothing if it shall be quiet; to be closed} */
  public static ProgressReporter open() {
    if (Verbosity.current() == Verbosity.QUIET) {
      return ProgressReporter.silent();
    }
    return StandardError.isTerminal()
        .map(terminal -> ProgressReporter.forConsole(System.err::println, terminal))
        .orElseGet(() -> ProgressReporter.forConsole(System.err::println));
  }
}
