package org.xgradient.cli.terminal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.IntSupplier;
import org.xgradient.report.text.SafeText;

/**
 * What a command prints, with nothing in it that a terminal obeys: names from data, archives and
 * models stand in results, errors and log lines alike, so all of it goes through here.
 *
 * <p>Bars of progress, which move the cursor, have a stream of their own.
 */
public final class SafeOutput extends PrintStream {

  private final PrintStream shown;

  private SafeOutput(PrintStream shown) {
    super(shown, true, Charset.defaultCharset());
    this.shown = shown;
  }

  /**
   * Does something while both standard streams are safe, and the standard output is silent if it
   * shall be quiet.
   *
   * @param command what to do
   * @return what it returned
   */
  public static int during(IntSupplier command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    boolean quiet = Verbosity.current() == Verbosity.QUIET;
    System.setOut(new SafeOutput(quiet ? new PrintStream(OutputStream.nullOutputStream()) : out));
    System.setErr(new SafeOutput(err));
    try {
      return command.getAsInt();
    } finally {
      System.out.flush();
      System.err.flush();
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Override
  public void print(String text) {
    shown.print(SafeText.lines(String.valueOf(text)));
  }

  @Override
  public void print(char[] text) {
    print(new String(text));
  }

  @Override
  public void print(char character) {
    print(String.valueOf(character));
  }

  @Override
  public void print(Object value) {
    print(String.valueOf(value));
  }

  /**
   * Writers above this stream, such as those of log lines, end each call with a whole character.
   */
  @Override
  public void write(byte[] bytes, int from, int length) {
    print(new String(bytes, from, length, Charset.defaultCharset()));
  }

  @Override
  public void write(int character) {
    write(new byte[] {(byte) character}, 0, 1);
  }

  @Override
  public void flush() {
    shown.flush();
  }
}
