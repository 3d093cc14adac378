package org.xgradient.cli.terminal;

/** How much a command says besides its result. */
public enum Verbosity {
  /** Warnings and errors. */
  QUIET,
  /** Progress and summaries too. */
  USUAL,
  /** What the libraries log too. */
  VERBOSE;

  /** Read by the configuration of the log. */
  private static final String LOG_LEVEL = "xgradient.log.level";

  private static Verbosity current = USUAL;

  /** {@return that of the command that runs} */
  public static synchronized Verbosity current() {
    return current;
  }

  /** Makes it that of the command that begins, before anything is logged. */
  public synchronized void use() {
    current = this;
    if (this == VERBOSE) {
      System.setProperty(LOG_LEVEL, "DEBUG");
    }
  }
}
