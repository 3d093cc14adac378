package org.xgradient.cli.option;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Options that a command has, but what it is given has no use for: who gives them expects something
 * of them.
 *
 * @param command the command, parsed
 * @param input what it is given, in the plural
 * @param unfit the options without use
 */
public record UnfitOptions(CommandSpec command, String input, ImmutableSet<OptionSpec> unfit) {

  /** None so far. */
  public static UnfitOptions of(CommandSpec command, String input) {
    return new UnfitOptions(command, input, ImmutableSet.of());
  }

  /** Adds all options that are declared in some classes. */
  public UnfitOptions allOf(Class<?>... declaring) {
    Set<Class<?>> classes = Set.of(declaring);
    return with(
        command.options().stream()
            .filter(
                option ->
                    option.userObject() instanceof Member member
                        && classes.contains(member.getDeclaringClass()))
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** Adds options by their names. */
  public UnfitOptions and(String... names) {
    return with(
        Arrays.stream(names)
            .map(
                name -> {
                  OptionSpec option = command.findOption(name);
                  checkArgument(option != null, "%s has no option %s", command.name(), name);
                  return option;
                })
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** Takes options away again by their names. */
  public UnfitOptions butFor(String... names) {
    Set<OptionSpec> fit = of(command, input).and(names).unfit();
    return new UnfitOptions(command, input, Sets.difference(unfit, fit).immutableCopy());
  }

  private UnfitOptions with(Set<OptionSpec> more) {
    return new UnfitOptions(command, input, Sets.union(unfit, more).immutableCopy());
  }

  /**
   * Refuses them.
   *
   * @throws ParameterException if one was given
   */
  public void refuse() {
    List<String> given =
        command.commandLine().getParseResult().matchedOptions().stream()
            .filter(unfit::contains)
            .map(OptionSpec::longestName)
            .distinct()
            .toList();
    if (!given.isEmpty()) {
      boolean one = given.size() == 1;
      throw new ParameterException(
          command.commandLine(),
          "%s %s no use with %s; leave %s out"
              .formatted(
                  String.join(" and ", given),
                  one ? "is of" : "are of",
                  input,
                  one ? "it" : "them"));
    }
  }
}
