package org.xgradient.cli.train;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xgradient.cli.option.ArgumentWords;
import org.xgradient.cli.option.Outputs;
import org.xgradient.data.AtomicFiles;
import org.xgradient.training.model.ModelDirectory;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a training, in a file beside the model: {@code @FILE} among the arguments of a
 * later one stands for them.
 */
final class OptionsFile {

  static final String SUFFIX = Outputs.OPTIONS_SUFFIX;

  /** What a training like it is given anew. */
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of("--out", "--resume", "--force", "--quiet", "--verbose", "--stacktrace");

  private static final String STANDARD_INPUT = "-";

  private OptionsFile() {}

  /**
   * Checks that the file is none that is read, nor somebody's own.
   *
   * @param force whether what is there may be replaced
   * @throws FileSystemException if it is
   */
  static void check(Path model, ParseResult parsed, boolean force) throws IOException {
    Path file = place(model);
    if (!Files.exists(file)) {
      return;
    }
    AtomicFiles.checkFile(file);
    for (OptionSpec option : parsed.matchedOptionsSet()) {
      for (String value : option.originalStringValues()) {
        if (isSame(file, value)) {
          throw new FileSystemException(
              file.toString(),
              null,
              "is read by %s, and would hold the options of the training; give another --out"
                  .formatted(option.longestName()));
        }
      }
    }
    if (!force && !ModelDirectory.exists(model) && !holdsOptions(file)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "would hold the options of the training, and is there already; give --force to replace it, or another --out");
    }
  }

  private static boolean holdsOptions(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(2), new byte[] {'-', '-'});
    }
  }

  private static boolean isSame(Path file, String value) {
    try {
      return Files.isSameFile(file, Path.of(value));
    } catch (IOException | InvalidPathException e) {
      // No path of a file that is there.
      return false;
    }
  }

  private static Path place(Path model) {
    Path place = model.toAbsolutePath().normalize();
    return place.resolveSibling(place.getFileName() + SUFFIX);
  }

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
        List<String> values = option.originalStringValues();
        // The last one counts of an option that is given again.
        for (String value :
            option.isMultiValue() ? values : values.subList(values.size() - 1, values.size())) {
          lines.add(
              ArgumentWords.quoted(name + "=" + (isPath(option) ? fromAnywhere(value) : value)));
        }
      }
    }
    Path file = place(model);
    AtomicFiles.writeText(file, String.join("\n", lines) + "\n");
    return file;
  }

  private static boolean isPath(OptionSpec option) {
    return option.splitRegex().isEmpty()
        && option.typeInfo().getAuxiliaryTypeInfos().stream()
            .anyMatch(type -> type.getType() == Path.class);
  }

  /** A path that means the same in another directory. */
  private static String fromAnywhere(String path) {
    return path.equals(STANDARD_INPUT)
        ? path
        : Path.of(path).toAbsolutePath().normalize().toString();
  }
}
