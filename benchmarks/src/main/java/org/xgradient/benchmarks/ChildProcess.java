package org.xgradient.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the {@code bench} command in a process of its own.
 *
 * @param heap the size of its Java heap, as the JVM reads it
 */
record ChildProcess(String heap) {

  /**
   * Runs it and passes on what it prints.
   *
   * @param arguments the arguments of the command
   * @param out where its output goes
   * @return whether it succeeded
   */
  boolean run(List<String> arguments, PrintWriter out) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Bench.class.getName());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // TensorFlow's own log lines say nothing to a reader of results.
    builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
    Process process = builder.start();
    try (BufferedReader lines = process.inputReader()) {
      lines
          .lines()
          .forEach(
              line -> {
                out.println(line);
                out.flush();
              });
      return process.waitFor() == 0;
    } finally {
      process.destroy();
    }
  }
}
