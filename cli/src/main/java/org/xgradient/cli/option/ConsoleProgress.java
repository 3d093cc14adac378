package org.xgradient.cli.option;

import com.google.common.base.Strings;
import org.xgradient.cli.terminal.StandardError;
import org.xgradient.cli.terminal.Verbosity;
import org.xgradient.report.progress.ProgressReporter;

/** What commands say beside their results, on the standard error stream. */
public final class ConsoleProgress {

  private ConsoleProgress() {}

  /**
   * Says what is good to know, unless the command shall be quiet.
   *
   * @param template a text with {@code %s} for each of the parts
   */
  public static void note(String template, Object... parts) {
    if (Verbosity.current() != Verbosity.QUIET) {
      System.err.println(Strings.lenientFormat(template, parts));
    }
  }

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
