package org.xgradient.cli.option;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import java.lang.reflect.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists options under headings, those of the command itself first, those of all commands last. */
public final class GroupedHelp {

  private static final String GENERAL = "General";
  private static final String OWN = "";

  /** What users look for first; images must not stand before tables. */
  private static final ImmutableList<String> ORDER =
      ImmutableList.of(
          OWN,
          "Model",
          "Input",
          "Table",
          "Rows of a table",
          "Images",
          "Network for images",
          "Texts",
          "SavedModels of others",
          "Rows and images",
          "Attribution",
          "Prior",
          "Training",
          "Output",
          "Pictures",
          GENERAL);

  /** A line with all of more options is not read; a star then marks those that must be given. */
  private static final int SHORT = 12;

  private GroupedHelp() {}

  /** Changes the help of a command and of those under it. */
  public static void applyTo(CommandLine command) {
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedHelp::options);
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    List<String> examples = HelpExamples.of(spec.name());
    if (!examples.isEmpty()) {
      usage.footerHeading("%nExamples:%n");
      usage.footer(examples.stream().map(e -> "  xgradient " + e).toArray(String[]::new));
    }
    if (spec.options().size() > SHORT) {
      usage.abbreviateSynopsis(true).requiredOptionMarker('*');
    }
    command.getSubcommands().values().forEach(GroupedHelp::applyTo);
  }

  private static String options(Help help) {
    ListMultimap<String, OptionSpec> groups = groups(help.commandSpec());
    if (groups.keySet().stream().allMatch(name -> name.equals(OWN) || name.equals(GENERAL))) {
      return list(help, List.copyOf(groups.values()));
    }
    StringBuilder text = new StringBuilder(list(help, groups.get(OWN)));
    groups.keySet().stream()
        .filter(heading -> !heading.equals(OWN))
        .sorted(Comparator.comparing(GroupedHelp::place))
        .forEach(heading -> append(text, help, heading, groups.get(heading)));
    return text.toString();
  }

  private static int place(String heading) {
    int place = ORDER.indexOf(heading);
    checkState(place >= 0, "the options of \"%s\" must have a place in the help", heading);
    return place;
  }

  private static void append(
      StringBuilder text, Help help, String heading, List<OptionSpec> options) {
    if (!options.isEmpty()) {
      text.append("%n%s:%n".formatted(heading)).append(list(help, options));
    }
  }

  private static String list(Help help, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  private static ListMultimap<String, OptionSpec> groups(CommandSpec command) {
    ListMultimap<String, OptionSpec> groups = LinkedListMultimap.create();
    for (OptionSpec option : command.options()) {
      if (!option.hidden() && isOf(command, option)) {
        groups.put(heading(option, command), option);
      }
    }
    return groups;
  }

  /** An option of all commands may have no use in one. */
  private static boolean isOf(CommandSpec command, OptionSpec option) {
    return !option.longestName().equals(Outputs.FORCE) || command.findOption(Outputs.OUT) != null;
  }

  private static String heading(OptionSpec option, CommandSpec command) {
    if (!(option.userObject() instanceof Member member)) {
      return GENERAL;
    }
    Class<?> declaring = member.getDeclaringClass();
    if (declaring.isInstance(command.userObject())) {
      return OWN;
    }
    return Optional.ofNullable(declaring.getAnnotation(HelpGroup.class))
        .map(HelpGroup::value)
        .orElse(GENERAL);
  }
}
