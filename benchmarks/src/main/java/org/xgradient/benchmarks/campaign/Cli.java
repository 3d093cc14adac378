package org.xgradient.benchmarks.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the command line in processes of their own; it must be on the class path. */
final class Cli {

  private Cli() {}

  static Process start(List<String> arguments) throws IOException {
    return start("512m", arguments);
  }

  static Process start(String heap, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("org.xgradient.cli.Xgradient");
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    return builder.start();
  }

  /**
   * Runs a command to its end.
   *
   * @throws IllegalStateException if it fails
   */
  static void run(List<String> arguments) throws IOException, InterruptedException {
    int code = start(arguments).waitFor();
    if (code != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(arguments, code));
    }
  }
}
