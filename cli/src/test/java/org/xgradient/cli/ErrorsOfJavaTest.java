package org.xgradient.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** An error of Java's, too, is one line at once. */
class ErrorsOfJavaTest {

  @TempDir Path folder;

  static Stream<Error> errors() {
    return Stream.of(
        new StackOverflowError(),
        new OutOfMemoryError("Java heap space"),
        new NoClassDefFoundError("org/missing\nClass"),
        new AssertionError("the gate is shut"));
  }

  @Command(name = "fail")
  private record Failing(Throwable error) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (error instanceof Error thrown) {
        throw thrown;
      }
      throw (Exception) error;
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void isOneLine(Error error) {
    for (Throwable thrown : List.of(error, new IllegalStateException("a task failed", error))) {
      StringWriter err = new StringWriter();
      CommandLine line = Xgradient.commandLine().setErr(new PrintWriter(err));
      line.addSubcommand(
          "fail",
          new CommandLine(new Failing(thrown))
              .setErr(new PrintWriter(err))
              .setExecutionExceptionHandler(line.getExecutionExceptionHandler()));

      int code = line.execute("fail");

      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).startsWith("xgradient: ").hasLineCount(1);
      if (error instanceof VirtualMachineError) {
        assertThat(err.toString()).contains("give more with JAVA_OPTS=-X");
      }
    }
  }

  @Test
  void tooSmallAHeapEndsTheProcessAtOnce() throws IOException, InterruptedException {
    Path wide = folder.resolve("wide.csv");
    Files.writeString(
        wide,
        String.join(",", Collections.nCopies(3_000_000, "\"a long name of a column\"")) + "\n");
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx40m",
                "-cp",
                System.getProperty("java.class.path"),
                Xgradient.class.getName(),
                "train",
                "--data",
                wide.toString(),
                "--label",
                "x",
                "--out",
                folder.resolve("model").toString())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();

    assertThat(process.waitFor(120, SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readAllLines(printed))
        .singleElement()
        .asString()
        .startsWith("xgradient: Java has too little memory (");
  }
}
