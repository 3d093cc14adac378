package org.xgradient.spark.job;

import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.report.text.SafeText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code xgradient spark}, and the main class for {@code spark-submit}. */
@Command(
    name = "xgradient spark",
    description = "Attribution on Apache Spark.",
    mixinStandardHelpOptions = true,
    subcommands = {ExampleProgram.class, AttributeProgram.class, ThroughputProgram.class})
public final class Programs {

  private static final String PREFIX = "xgradient: ";

  private Programs() {}

  /**
   * Runs a program; ends the process with a code other than 0 only if it fails, because a cluster
   * takes the end of a process before Spark's for a failure.
   *
   * @param args the name of the program, and its options
   */
  public static void main(String[] args) {
    int code = commandLine().execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Programs())
        .setParameterExceptionHandler((error, arguments) -> reportUsage(error))
        .setExecutionExceptionHandler(
            (error, command, parsed) -> {
              command.getErr().println(PREFIX + SafeText.of(message(error)));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static int reportUsage(ParameterException error) {
    CommandLine command = error.getCommandLine();
    String programs = String.join(", ", command.getSubcommands().keySet());
    String said =
        programs.isEmpty()
            ? firstLine(error.getMessage())
            : firstLine(error.getMessage()) + "; the programs are " + programs;
    command
        .getErr()
        .println(
            PREFIX
                + "%s; see %s --help"
                    .formatted(SafeText.of(said), command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  /** The first line of ours, which is in the trace of an executor that comes with Spark's error. */
  private static String message(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException || cause instanceof IllegalArgumentException) {
        return firstLine(cause.getMessage());
      }
    }
    return firstLine(error.getMessage() == null ? error.toString() : error.getMessage());
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("no message");
  }
}
