package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options without which a command can't begin, those among which a user chooses included: all that
 * are missing are named at once.
 */
public final class NeededOptions {

  private static final String DATA = "--data";
  private static final String IMAGES = "--images";
  private static final String TEXT = "--text";
  private static final String LABEL = "--label";
  private static final String MODEL = "--model";
  private static final String NETWORK = "--network";

  private NeededOptions() {}

  /**
   * Checks that all are there.
   *
   * @throws ParameterException if some are not
   */
  public static void check(CommandSpec command) {
    ImmutableList<String> missing = missing(command);
    if (!missing.isEmpty()) {
      throw new ParameterException(command.commandLine(), message(missing));
    }
  }

  /** {@return what a command says of those that are missing} */
  public static String message(List<String> missing) {
    return "missing: " + String.join("; ", missing);
  }

  /**
   * {@return the options that are missing, each with what it takes; several to choose from in one}
   */
  public static ImmutableList<String> missing(CommandSpec command) {
    ParseResult parsed = command.commandLine().getParseResult();
    ImmutableList.Builder<String> missing = ImmutableList.builder();
    for (OptionSpec option :
        command.requiredArgs().stream()
            .filter(OptionSpec.class::isInstance)
            .map(OptionSpec.class::cast)
            .toList()) {
      if (!parsed.hasMatchedOption(option)) {
        missing.add("%s %s".formatted(option.longestName(), option.paramLabel()));
      }
    }
    boolean trains = command.name().equals("train");
    if (!trains && !explains(command)) {
      return missing.build();
    }
    if (!trains && !isGiven(parsed, MODEL, NETWORK)) {
      missing.add(
          parsed.hasMatchedOption(IMAGES)
              ? MODEL + " DIR, or " + NETWORK + " NAME with --weights FILE"
              : MODEL + " DIR");
    }
    if (!isGiven(parsed, DATA, IMAGES, TEXT)) {
      missing.add(
          "%s FILE.csv%s, %s FOLDER or %s FILE"
              .formatted(DATA, trains ? " with --label COLUMN" : "", IMAGES, TEXT));
    } else if (trains && isGiven(parsed, DATA) && !isGiven(parsed, IMAGES, TEXT, LABEL)) {
      missing.add(LABEL + " COLUMN");
    }
    return missing.build();
  }

  private static boolean explains(CommandSpec command) {
    return List.of("predict", "attribute", "evaluate").contains(command.name());
  }

  private static boolean isGiven(ParseResult parsed, String... options) {
    return List.of(options).stream().anyMatch(parsed::hasMatchedOption);
  }
}
