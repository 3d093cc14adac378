package org.xgradient.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/** Where results go that are data, byte for byte, such as the rows of a table. */
public final class StandardOutput {

  /** Whether that is a terminal, which Java finds out only if the input is one too. */
  static final String TERMINAL = "xgradient.stdout.terminal";

  private StandardOutput() {}

  /** {@return the stream; not that of {@link System#out}, which is for texts} */
  public static OutputStream data() {
    return new FileOutputStream(FileDescriptor.out);
  }

  /** {@return whether it is a terminal, if the launcher says so} */
  public static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }
}
