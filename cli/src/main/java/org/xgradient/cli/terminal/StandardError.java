package org.xgradient.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
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

  /** The number by which the launcher has it open, if it is to be taken over. */
  static final String OPEN = "xgradient.stderr.open";

  private StandardError() {}

  /** Lets messages go to the real stream, if the launcher named one that can be opened. */
  public static void use() {
    String place = System.getProperty(PLACE);
    if (place == null) {
      return;
    }
    try {
      System.setErr(new PrintStream(open(place), true, Charset.defaultCharset()));
    } catch (IOException e) {
      // A socket, or a terminal of another user: through the launcher then, which is no terminal.
      System.clearProperty(TERMINAL);
    }
  }

  private static FileOutputStream open(String place) throws IOException {
    Integer open = Integer.getInteger(OPEN);
    if (open != null) {
      try {
        // The launcher opens the package to us.
        Constructor<FileDescriptor> descriptor =
            FileDescriptor.class.getDeclaredConstructor(int.class);
        descriptor.setAccessible(true);
        return new FileOutputStream(descriptor.newInstance(open));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        // Another Java, which has none such: opened anew then.
      }
    }
    // Appended to, for it may be a file that something stands in.
    return new FileOutputStream(place, true);
  }

  /** {@return whether messages go to a terminal, if the launcher says so} */
  public static Optional<Boolean> isTerminal() {
    return System.getProperty(PLACE) == null
        ? Optional.empty()
        : Optional.of(Boolean.getBoolean(TERMINAL));
  }
}
