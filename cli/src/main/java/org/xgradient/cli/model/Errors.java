package org.xgradient.cli.model;

import com.google.common.base.Ascii;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xgradient.cli.option.NeededOptions;
import org.xgradient.cli.terminal.StandardOutput;
import org.xgradient.data.NearestName;
import org.xgradient.graph.homogeneity.NotHomogeneousException;
import org.xgradient.report.text.SafeText;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user sees of an error: one line that says what is wrong and what to do. */
public final class Errors {

  /** How the line begins. */
  public static final String PREFIX = "xgradient: ";

  /** The exit code of a program that a signal interrupts. */
  static final int INTERRUPTED = 130;

  /** The exit code of a program that writes to one that has ended. */
  static final int UNREAD = 141;

  /** What picocli's help says. */
  private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");

  /** Where in its graph TensorFlow was, and advice to its own programmers. */
  private static final Pattern OF_TENSORFLOW =
      Pattern.compile(
          "\\s*\\[\\[\\{\\{node [^\\]]*\\]\\]|\\s*Hint: If you want to see a list of allocated tensors when OOM happens.*?(?:for current allocation info\\.|Eager mode\\.)+( This isn't available when running in Eager mode\\.)?");

  private Errors() {}

  /**
   * Reports an error of a command.
   *
   * @param command whose options the advice is about
   * @return the exit code
   */
  public static int report(Throwable exception, CommandLine command, boolean stackTrace) {
    PrintWriter err = command.getErr();
    if (isUnread(exception)) {
      return UNREAD;
    }
    if (stackTrace) {
      err.print(SafeText.lines(Throwables.getStackTraceAsString(exception)));
    } else {
      err.println(PREFIX + message(exception, command));
    }
    err.flush();
    return isInterruption(exception) ? INTERRUPTED : CommandLine.ExitCode.SOFTWARE;
  }

  /** Whether nobody reads the standard output any more, as head does not after its lines. */
  private static boolean isUnread(Throwable exception) {
    return Throwables.getCausalChain(exception).stream()
        .anyMatch(
            cause ->
                cause instanceof IOException
                    && StandardOutput.BROKEN_PIPE.equals(cause.getMessage()));
  }

  /** Whether the work was stopped, also in the midst of reading or writing a file. */
  private static boolean isInterruption(Throwable exception) {
    return exception instanceof CancellationException
        || Throwables.getCausalChain(exception).stream()
            .anyMatch(ClosedByInterruptException.class::isInstance);
  }

  /**
   * Reports arguments that a command can't take.
   *
   * @param given the arguments as they were given
   * @return the exit code
   */
  public static int reportUsage(ParameterException exception, List<String> given) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(
        PREFIX
            + "%s; see %s --help"
                .formatted(
                    StrayArguments.ofFile(exception, given)
                        .orElseGet(() -> usageMessage(exception)),
                    name));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** The commands that the help shows. */
  private static List<String> names(CommandLine root) {
    return root.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .map(CommandSpec::name)
        .toList();
  }

  private static String usageMessage(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    if (exception instanceof MissingParameterException) {
      ImmutableList<String> missing = NeededOptions.missing(command.getCommandSpec());
      return unknownOption(command)
          + (missing.isEmpty() ? message(exception, command) : NeededOptions.message(missing));
    }
    Matcher unknown = UNKNOWN_COMMAND.matcher(String.valueOf(exception.getMessage()));
    if (unknown.matches()) {
      return noCommand(unknown.group(1), root(command));
    }
    if (exception instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
      if (unmatched.isUnknownOption()) {
        return StrayArguments.listed(unmatched)
            + meant(given, command.getCommandSpec().optionsMap().keySet());
      }
      if (command.getParent() == null) {
        return noCommand(unmatched.getUnmatched().get(0), command);
      }
      return StrayArguments.listed(unmatched);
    }
    if (exception.getArgSpec() != null
        && exception.getArgSpec().typeInfo().isEnum()
        && exception.getValue() != null) {
      return message(exception, command)
          + meant(
              Ascii.toLowerCase(exception.getValue()),
              exception.getArgSpec().typeInfo().getEnumConstantNames().stream()
                  .map(Ascii::toLowerCase)
                  .toList());
    }
    return message(exception, command);
  }

  /** One that was misspelt may be the one that is missing. */
  private static String unknownOption(CommandLine command) {
    return command.getUnmatchedArguments().stream()
        .filter(given -> given.startsWith("-") && given.length() > 1)
        .map(given -> given.replaceFirst("=.*", ""))
        .findFirst()
        .map(
            given ->
                "there is no option %s%s; "
                    .formatted(
                        SafeText.of(given),
                        meant(given, command.getCommandSpec().optionsMap().keySet())))
        .orElse("");
  }

  private static CommandLine root(CommandLine command) {
    return command.getCommandSpec().root().commandLine();
  }

  private static String noCommand(String given, CommandLine root) {
    return "there is no command %s%s; the commands are %s"
        .formatted(SafeText.of(given), meant(given, names(root)), String.join(", ", names(root)));
  }

  private static String meant(String given, Collection<String> names) {
    return NearestName.closeTo(given, names).map("; did you mean %s?"::formatted).orElse("");
  }

  private static String message(Throwable exception, CommandLine command) {
    for (Throwable cause : Throwables.getCausalChain(exception)) {
      if (cause instanceof VirtualMachineError) {
        return ofJava(cause);
      }
    }
    String message = exception.getMessage();
    if (isInterruption(exception) && !(exception instanceof CancellationException)) {
      return "interrupted";
    }
    if (exception instanceof NotHomogeneousException biased) {
      return oneLine(
          biased.summary()
              + " (check lists all); take Integrated Gradients ("
              + ig(command)
              + "), or a model without what stands in"
              + " the way (strip-bias)");
    }
    if (exception instanceof FileSystemException several && several.getSuppressed().length > 0) {
      // Of all files that can't be deleted the first says why.
      return message(several.getSuppressed()[0], command);
    }
    if (exception instanceof NoSuchFileException || exception instanceof FileNotFoundException) {
      return "there is no file " + SafeText.of(String.valueOf(message));
    }
    if (exception instanceof AccessDeniedException) {
      return "no permission for " + SafeText.of(String.valueOf(message));
    }
    if (exception instanceof FileSystemException && message != null) {
      return oneLine(message);
    }
    if (message == null) {
      return "an error of type %s; run again with --stacktrace to see where"
          .formatted(exception.getClass().getSimpleName());
    }
    return oneLine(message);
  }

  /** How a command is told to take Integrated Gradients. */
  private static String ig(CommandLine command) {
    return Stream.of("--methods", "--method")
        .filter(option -> command.getCommandSpec().findOption(option) != null)
        .map(option -> option + " ig")
        .findFirst()
        .orElse("ig");
  }

  /** What Java lacked, and how to give it more. */
  private static String ofJava(Throwable error) {
    if (error instanceof StackOverflowError) {
      return "the stack of Java is too small for what was read or asked for; if you trust it, give"
          + " more with JAVA_OPTS=-Xss64m";
    }
    if (error instanceof OutOfMemoryError) {
      return "Java has too little memory (%s; the heap may take %s MB); give more with"
              .formatted(
                  oneLine(String.valueOf(error.getMessage())),
                  Runtime.getRuntime().maxMemory() >> 20)
          + " JAVA_OPTS=-Xmx"
          + moreGigabytes()
          + "g, or ask for fewer rows at a time with --memory where there is one";
    }
    return "Java failed: " + oneLine(error.toString());
  }

  /** Twice what there is, in whole gigabytes. */
  private static long moreGigabytes() {
    return 2 * Math.max(1, Runtime.getRuntime().maxMemory() >> 30);
  }

  private static String oneLine(String message) {
    String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    return SafeText.of(OF_TENSORFLOW.matcher(line).replaceAll("").strip());
  }
}
