package org.xgradient.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xgradient.report.text.SafeText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of arguments that are no options of a command and no values of any. */
final class StrayArguments {

  private static final String ARGUMENTS = "@";
  private static final String TABLE = "--data";
  private static final int SHOWN = 60;

  private StrayArguments() {}

  /**
   * What is said of a file of arguments that has something else in it, such as a table.
   *
   * @param exception what is wrong with the arguments, stray ones or others
   * @param given the arguments as they were given
   * @return what to say; empty if there is no such file
   */
  static Optional<String> ofFile(ParameterException exception, List<String> given) {
    List<String> files =
        given.stream()
            .filter(argument -> argument.startsWith(ARGUMENTS))
            .filter(file -> Files.isRegularFile(Path.of(file.substring(ARGUMENTS.length()))))
            .toList();
    CommandLine command = exception.getCommandLine();
    List<String> stray =
        exception instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched()
            : command.getUnmatchedArguments();
    return stray.stream()
        .filter(argument -> !files.isEmpty() && !argument.startsWith("--"))
        .filter(argument -> !given.contains(argument))
        .findFirst()
        .map(
            first ->
                "%s must be a file of options, found \"%s\"; %s"
                    .formatted(
                        SafeText.of(String.join(" ", files)),
                        shortened(first),
                        command.getCommandSpec().findOption(TABLE) == null
                            ? "write one a line, or name another file"
                            : "give a table with %s, and without the %s"
                                .formatted(TABLE, ARGUMENTS)));
  }

  /** What is said of arguments, the first of which is enough. */
  static String listed(UnmatchedArgumentException exception) {
    List<String> stray = exception.getUnmatched();
    String first = shortened(stray.get(0));
    return (exception.isUnknownOption()
            ? "there is no option " + first.replaceFirst("=.*", "")
            : "no option takes \"%s\"".formatted(first))
        + (stray.size() == 1 ? "" : " (and %d more)".formatted(stray.size() - 1));
  }

  private static String shortened(String argument) {
    String shown = argument.length() > SHOWN ? argument.substring(0, SHOWN) + "..." : argument;
    return SafeText.of(shown);
  }
}
