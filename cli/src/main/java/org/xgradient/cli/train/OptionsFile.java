package org.xgradient.cli.train;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.xgradient.data.AtomicFiles;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a training, in a file beside the model: {@code @FILE} among the arguments of a
 * later one stands for them.
 */
final class OptionsFile {

  static final String SUFFIX = ".options";

  /** What a training like it is given anew. */
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("--out", "--resume", "--force", "--quiet", "--verbose", "--stacktrace");

  private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\#]+");

  private OptionsFile() {}

  /**
   * Writes the options that were given.
   *
   * @return the file
   * @throws IOException if it can't be written
   */
  static Path write(Path model, ParseResult parsed) throws IOException {
    List<String> lines = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptionsSet()) {
      String name = option.longestName();
      if (OWN.contains(name)) {
        continue;
      }
      if (option.arity().max() == 0) {
        lines.add(name);
      } else {
        option.originalStringValues().forEach(value -> lines.add(quoted(name + "=" + value)));
      }
    }
    Path place = model.toAbsolutePath().normalize();
    Path file = place.resolveSibling(place.getFileName() + SUFFIX);
    AtomicFiles.writeText(file, String.join("\n", lines) + "\n");
    return file;
  }

  /** As the command line reads such files. */
  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
