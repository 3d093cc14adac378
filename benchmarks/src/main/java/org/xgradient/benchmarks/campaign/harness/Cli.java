package org.xgradient.benchmarks.campaign.harness;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the command line in processes of their own; it must be on the class path. */
public final class Cli {

  /** For processes that are short. */
  private static final List<String> SHORT =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private Cli() {}

  public static Process start(List<String> arguments) throws IOException {
    return start(SHORT, arguments, Redirect.DISCARD);
  }

  /** Starts a command that writes its standard error stream to a file. */
  public static Process start(List<String> arguments, Path errors) throws IOException {
    return start(SHORT, arguments, Redirect.to(errors.toFile()));
  }

  /**
   * Starts a command as the first process of a namespace of its own, so that it has number 1 as any
   * other that is started so; what is returned is its parent, with which it ends.
   */
  public static Process startFirst(List<String> arguments, Path errors) throws IOException {
    List<String> first = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
    return start(first, SHORT, arguments, Redirect.to(errors.toFile()));
  }

  /** Starts a command that something else begins, such as a shell with limits of its own. */
  public static Process start(
      List<String> before, List<String> options, List<String> arguments, Path errors)
      throws IOException {
    return start(before, options, arguments, Redirect.to(errors.toFile()));
  }

  public static Process start(String heap, List<String> arguments) throws IOException {
    return start(List.of("-Xmx" + heap), arguments, Redirect.DISCARD);
  }

  private static Process start(List<String> options, List<String> arguments, Redirect errors)
      throws IOException {
    return start(List.of(), options, arguments, errors);
  }

  private static Process start(
      List<String> before, List<String> options, List<String> arguments, Redirect errors)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.xgradient.cli.Xgradient");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(errors);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.start();
  }

  /**
   * Runs a command to its end.
   *
   * @throws IllegalStateException if it fails
   */
  public static void run(List<String> arguments) throws IOException, InterruptedException {
    check(start(arguments).waitFor(), arguments);
  }

  /**
   * Checks how a command ended.
   *
   * @throws IllegalStateException if it failed
   */
  public static void check(int code, List<String> arguments) {
    if (code != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(arguments, code));
    }
  }
}
