package org.xgradient.cli.option;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Streams;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.Compression;
import org.xgradient.training.model.ModelDirectory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The one place that decides where a command may write, for all commands and before they begin: an
 * output is never something that is read, nor inside of it, however the paths are spelled; and what
 * must be a file is not a directory, and the other way round.
 *
 * <p>Every option whose value is a path counts: {@code --out} is the output, all others are read,
 * and so is a file of arguments.
 */
public final class Outputs {

  /** Where a command writes. */
  public static final String OUT = "--out";

  /** Whether it may replace what is there. */
  public static final String FORCE = "--force";

  /** Both for what is read and for what is written. */
  private static final Path STANDARD_STREAM = Path.of("-");

  /** Adds files to its directory, and may read others there; the others replace it as a whole. */
  private static final String ADDS_FILES = "experiment";

  /** What goes on with a directory that is there. */
  private static final String RESUME = "--resume";

  /** What arguments that stand for those in a file begin with. */
  private static final String ARGUMENTS = "@";

  /** The label of an option whose value is a directory. */
  private static final String DIRECTORY = "DIR";

  /** What the label of an option whose value is a file begins with. */
  private static final String FILE = "FILE";

  /** What the name of a file that holds the options of a model's training ends with. */
  public static final String OPTIONS_SUFFIX = ".options";

  /** Files of these have another form than rows of text, whatever compresses them. */
  private static final ImmutableSet<String> OTHER_FORMS =
      ImmutableSet.of(
          "zip", "7z", "rar", "tar", "tgz", "tbz2", "txz", "lzma", "lz", "z", "br", "sz", "xls",
          "xlsx", "ods", "parquet", "feather", "npy", "npz", "pdf", "png", "html", "htm");

  /** What the names of pages end with. */
  private static final ImmutableSet<String> PAGES = ImmutableSet.of("html", "htm");

  private Outputs() {}

  /**
   * Checks the outputs of a command.
   *
   * @param command the command with the values of its options
   * @param argumentFiles the files of its arguments
   * @throws ParameterException if an output is read too, or is inside of what is read
   * @throws IOException if there can't be an output at its place
   */
  public static void check(CommandSpec command, Set<Path> argumentFiles) throws IOException {
    OptionSpec out = command.findOption(OUT);
    if (out == null) {
      return;
    }
    if (!out.paramLabel().equals(DIRECTORY)) {
      paths(out).forEach(output -> checkForm(command, output));
    }
    ImmutableListMultimap<String, Path> inputs = inputs(command, argumentFiles);
    if (inputs.isEmpty()) {
      return;
    }
    for (Path output : paths(out)) {
      if (DialectOptions.isStandardOutput(output)) {
        continue;
      }
      if (out.paramLabel().equals(DIRECTORY)) {
        AtomicFiles.checkNoFile(output);
      }
      check(command, inputs, output, "be", Outputs::isSame);
      check(command, inputs, output, "be inside", Outputs::isBelow);
      if (out.paramLabel().startsWith(FILE)) {
        AtomicFiles.checkFile(output);
      } else {
        AtomicFiles.checkPlace(output);
      }
      if (!command.name().equals(ADDS_FILES)) {
        check(command, inputs, output, "be around", (o, input) -> isBelow(input, o));
      }
    }
  }

  /** Refuses a name that promises another form than rows of text, which are what is written. */
  private static void checkForm(CommandSpec command, Path output) {
    String extension = MoreFiles.getFileExtension(output);
    if (OTHER_FORMS.contains(Ascii.toLowerCase(extension))) {
      throw new ParameterException(
          command.commandLine(),
          "%s can't be written as .%s, found %s; %swrite .csv, also compressed: %s"
              .formatted(
                  OUT,
                  extension,
                  output,
                  PAGES.contains(Ascii.toLowerCase(extension))
                      ? "it is the table of results, beside which attribute writes its page by itself; "
                      : "",
                  Compression.extensions().stream()
                      .map(".csv."::concat)
                      .collect(Collectors.joining(", "))));
    }
  }

  /** What a command reads, by the option or the argument that names it. */
  private static ImmutableListMultimap<String, Path> inputs(
      CommandSpec command, Set<Path> argumentFiles) {
    ImmutableListMultimap.Builder<String, Path> inputs = ImmutableListMultimap.builder();
    for (OptionSpec option : command.options()) {
      if (!option.longestName().equals(OUT)) {
        inputs.putAll(option.longestName(), paths(option));
      }
    }
    argumentFiles.forEach(file -> inputs.put(ARGUMENTS + file, file));
    return inputs.build();
  }

  /** {@return whether what is there may be replaced: the user says so, or goes on with it} */
  static boolean mayReplace(CommandSpec command) {
    ParseResult parsed = command.commandLine().getParseResult();
    return parsed.hasMatchedOption(FORCE) || parsed.hasMatchedOption(RESUME);
  }

  /**
   * Checks that a directory with something in it, such as a model or a report, the options of a
   * model and the file that a link points to are only replaced if the user says so.
   *
   * @param parsed the command as it was given; a place that it knows by itself may be replaced
   * @param force whether the user says so
   * @throws ParameterException if something is there that must not be replaced
   * @throws IOException if it can't be read
   */
  public static void checkReplaced(ParseResult parsed, boolean force) throws IOException {
    CommandSpec command = parsed.commandSpec();
    OptionSpec out = command.findOption(OUT);
    if (force
        || out == null
        || !parsed.hasMatchedOption(OUT)
        || parsed.hasMatchedOption(RESUME)
        || command.name().equals(ADDS_FILES)) {
      return;
    }
    for (Path output : paths(out)) {
      if (Files.isDirectory(output) && !isEmpty(output)) {
        throw new ParameterException(
            command.commandLine(),
            "there is something in %s already; give --force to replace it, or write to another place"
                .formatted(output));
      }
      if (Files.isSymbolicLink(output) && Files.isRegularFile(output) && !isOpened(output)) {
        throw new ParameterException(
            command.commandLine(),
            "%s is a link to %s; give --force to replace what it points to, or write to another place"
                .formatted(output, output.toRealPath()));
      }
      Path model = modelOfOptions(output);
      if (model != null) {
        throw new ParameterException(
            command.commandLine(),
            "%s holds the options of the training of %s; give --force to replace it, or write to another place"
                .formatted(output, model));
      }
    }
  }

  /** The model beside whose directory a file holds options; null if it does not. */
  private static @Nullable Path modelOfOptions(Path output) {
    Path file = output.toAbsolutePath().normalize();
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(OPTIONS_SUFFIX) || !Files.exists(file)) {
      return null;
    }
    Path model = file.resolveSibling(name.substring(0, name.length() - OPTIONS_SUFFIX.length()));
    return ModelDirectory.exists(model) ? model : null;
  }

  /** Whether it is a name of what a process has open, which is gone on with and not replaced. */
  private static boolean isOpened(Path output) {
    Path absolute = output.toAbsolutePath().normalize();
    return absolute.startsWith("/dev") || absolute.startsWith("/proc");
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Refuses an output that stands in a relation to anything that is read. */
  private static void check(
      CommandSpec command,
      ImmutableListMultimap<String, Path> inputs,
      Path output,
      String how,
      BiPredicate<Path, Path> relation) {
    inputs.forEach(
        (name, input) -> {
          if (meanings(output).stream()
              .anyMatch(o -> meanings(input).stream().anyMatch(i -> relation.test(o, i)))) {
            throw new ParameterException(
                command.commandLine(),
                "%s must not %s %s, which is read, found %s and %s; write to another place"
                    .formatted(OUT, how, name, output, input));
          }
        });
  }

  /** Whether a path is in a directory, or in one that is in it; both are without links. */
  private static boolean isBelow(Path path, Path directory) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (isSame(above, directory)) {
        return true;
      }
    }
    return false;
  }

  /** Two names of one file: links of any kind, and letters that a file system takes for equal. */
  private static boolean isSame(Path a, Path b) {
    try {
      return a.equals(b)
          || (!isDevice(a) && Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b));
    } catch (IOException e) {
      // Whoever opens it says why it can't be read.
      return false;
    }
  }

  /** A terminal or a pipe, which is read and written at a time. */
  private static boolean isDevice(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /**
   * The places that a path may mean: to the system, {@code link/..} is what is above the target of
   * the link; to those who shorten the path first, it is what is above the link.
   */
  private static Set<Path> meanings(Path path) {
    Path absolute = path.toAbsolutePath();
    return new LinkedHashSet<>(List.of(withoutLinks(absolute), withoutLinks(absolute.normalize())));
  }

  /** The path without links, as far as it exists. */
  private static Path withoutLinks(Path path) {
    for (Path existing = path; existing != null; existing = existing.getParent()) {
      try {
        return existing.toRealPath().resolve(existing.relativize(path)).normalize();
      } catch (IOException e) {
        // Not there yet: what is above may be.
      }
    }
    return path.normalize();
  }

  /** The paths among the values of an option, in the forms that options have here. */
  private static List<Path> paths(OptionSpec option) {
    Object value = option.getValue();
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    Iterable<?> values =
        value instanceof Iterable<?> several && !(value instanceof Path)
            ? several
            : value == null ? List.of() : List.of(value);
    return Streams.stream(Iterables.filter(values, Path.class))
        .filter(path -> !path.equals(STANDARD_STREAM))
        .collect(ImmutableList.toImmutableList());
  }
}
