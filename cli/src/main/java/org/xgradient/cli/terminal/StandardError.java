package org.xgradient.cli.terminal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Where messages go. The launcher gives TensorFlow a standard error stream of its own, from which
 * it leaves out lines that say nothing and that TensorFlow has no switch for; it names the real one
 * in a system property.
 */
public final class StandardError {

  /** The file that stands for the real standard error stream. */
  static final String PLACE = "xgradient.stderr";

  /** Whether that is a terminal, which Java can't find out for another than its own. */
  static final String TERMINAL = "xgradient.stderr.terminal";

  private StandardError() {}

  /** Lets messages go to the real stream, if the launcher named one that can be opened. */
  public static void use() {
    String place = System.getProperty(PLACE);
    if (place == null) {
      return;
    }
    try {
      // Appended to, for it may be a file that something stands in.
      System.setErr(
          new PrintStream(new FileOutputStream(place, true), true, Charset.defaultCharset()));
    } catch (IOException e) {
      // A socket, or a terminal of another user: through the launcher then, which is no terminal.
      System.clearProperty(TERMINAL);
    }
  }

  /** {@return whether messages go to a terminal, if the launcher says so} */
  public static Optional<Boolean> isTerminal() {
    return System.getProperty(PLACE) == null
        ? Optional.empty()
        : Optional.of(Boolean.getBoolean(TERMINAL));
  }
}
