package org.xgradient.benchmarks.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands in processes of their own, as a user does. */
final class CommandRunner {

  private static final String COMMAND_LINE = "org.xgradient.cli.Xgradient";

  /** The peak is read so often: what is missed is what was taken in the last moments. */
  private static final int MILLISECONDS = 5;

  /**
   * What a run took.
   *
   * @param seconds from the start of the process to its end
   * @param peakMegabytes the peak of its resident memory; empty where the system does not tell
   */
  record Cost(double seconds, OptionalLong peakMegabytes) {}

  /**
   * Runs a command.
   *
   * @throws IllegalStateException if it fails
   */
  Cost run(List<String> arguments) throws IOException, InterruptedException {
    // Without its launcher a command starts more slowly.
    Optional<String> launcher = Optional.ofNullable(System.getProperty("xgradient.launcher"));
    return launcher.isPresent()
        ? start(Stream.concat(launcher.stream(), arguments.stream()).toList())
        : java(COMMAND_LINE, arguments);
  }

  /** Runs a class of the class path. */
  Cost java(String main, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return start(command);
  }

  private static Cost start(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("xgradient-bench", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile());
      builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
      long begin = System.nanoTime();
      Process process = builder.start();
      OptionalLong peak = OptionalLong.empty();
      try {
        while (!process.waitFor(MILLISECONDS, TimeUnit.MILLISECONDS)) {
          OptionalLong now = peakMegabytes(process.pid());
          peak = now.isPresent() ? now : peak;
        }
      } finally {
        process.destroy();
      }
      double seconds = (System.nanoTime() - begin) * 1e-9;
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            "%s ended with %d: %s"
                .formatted(command, process.exitValue(), Files.readString(errors).strip()));
      }
      return new Cost(seconds, peak);
    } finally {
      Files.delete(errors);
    }
  }

  private static OptionalLong peakMegabytes(long process) {
    Path status = Path.of("/proc", Long.toString(process), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      // The process ended meanwhile, or this is another system.
      return OptionalLong.empty();
    }
  }
}
