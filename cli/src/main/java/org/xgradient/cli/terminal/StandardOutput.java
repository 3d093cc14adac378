package org.xgradient.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where results go, texts and data: what can't be written there, such as to a full disk, is an
 * error, which the streams of Java keep for themselves. That nobody reads any more is none.
 */
public final class StandardOutput {

  /** What is said where a program that reads has ended. */
  public static final String BROKEN_PIPE = "Broken pipe";

  /** Whether that is a terminal, which Java finds out only if the input is one too. */
  static final String TERMINAL = "xgradient.stdout.terminal";

  private final Named bytes;

  private StandardOutput(Named bytes) {
    this.bytes = bytes;
  }

  /**
   * Lets texts go to a stream, and keeps in mind what can't be written.
   *
   * @param stream where {@link System#out} writes from now on
   */
  public static StandardOutput use(OutputStream stream) {
    var named = new Named(stream);
    System.setOut(new PrintStream(new BufferedOutputStream(named), true, charset()));
    return new StandardOutput(named);
  }

  /** {@return what can't be written so far, in words; empty if it can, or nobody reads it} */
  public Optional<String> failure() {
    System.out.flush();
    return Optional.ofNullable(bytes.failure);
  }

  private static Charset charset() {
    return Stream.of("stdout.encoding", "sun.stdout.encoding")
        .map(System::getProperty)
        .filter(name -> name != null && Charset.isSupported(name))
        .findFirst()
        .map(Charset::forName)
        .orElseGet(Charset::defaultCharset);
  }

  /** {@return the stream of data, byte for byte; not that of {@link System#out}} */
  public static OutputStream data() {
    return new Named(new FileOutputStream(FileDescriptor.out));
  }

  /** {@return whether it is a terminal, if the launcher says so} */
  public static boolean isTerminal() {
    return Boolean.getBoolean(TERMINAL);
  }

  /** Bytes with errors that name the stream: a full disk only says that it is full. */
  private static final class Named extends FilterOutputStream {

    private @Nullable String failure;

    Named(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        if (BROKEN_PIPE.equals(e.getMessage())) {
          throw e;
        }
        failure = "the standard output can't be written: " + e.getMessage();
        throw new IOException(failure, e);
      }
    }
  }
}
