package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataRandom;
import picocli.CommandLine;

/** Runs commands as a user calls them, and makes a table for them. */
public final class Commands {

  private static final Pattern OPTION = Pattern.compile("(?<![\\w/.-])--[a-z][a-z-]*(?![\\w-])");

  private Commands() {}

  /** What a command printed on stderr, and its exit code. */
  public record Outcome(int code, String error) {}

  /** The label follows x, and town a little; noise does not bear on it. */
  public static Path writeTable(Path folder) throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,noise,town,sick,grade,score"));
    DataRandom random = new DataRandom(3);
    for (int i = 0; i < 300; i++) {
      double x = random.nextGaussian();
      double noise = random.nextGaussian();
      int town = random.nextInt(3);
      double signal = 2 * x + town - 1 + 0.2 * random.nextGaussian();
      String grade = signal < -1 ? "low" : signal < 1 ? "middle" : "high";
      lines.add(
          "%s,%.3f,%s,%s,%s,%.3f"
              .formatted(
                  i % 20 == 0 ? "" : "%.3f".formatted(x),
                  noise,
                  List.of("Ulm", "Ypres", "York").get(town),
                  signal > 0 ? "yes" : "no",
                  grade,
                  signal));
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  /** An error speaks of options that the command has, or that it was given. */
  private static void checkAdvice(
      @Nullable CommandLine command, List<String> arguments, String error) {
    if (command == null) {
      return;
    }
    Set<String> given =
        arguments.stream()
            .map(argument -> argument.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    assertThat(
            OPTION
                .matcher(error)
                .results()
                .map(MatchResult::group)
                .filter(name -> !given.contains(name)))
        .as("the options that are named in %s", error)
        .isSubsetOf(command.getCommandSpec().optionsMap().keySet());
  }

  public static Outcome run(Object... arguments) {
    return run(Stream.of(arguments).map(Object::toString).toList());
  }

  public static Outcome run(List<String> arguments) {
    return run(arguments, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }

  /**
   * Runs a command.
   *
   * @param stdout gets what it prints
   * @param stderr gets its warnings and progress, without the error that ends it
   */
  public static Outcome run(List<String> arguments, OutputStream stdout, OutputStream stderr) {
    StringWriter error = new StringWriter();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try {
      System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(stderr, true, StandardCharsets.UTF_8));
      String[] words = arguments.toArray(String[]::new);
      CommandLine line = Xgradient.commandLineFor(words);
      int code = Xgradient.execute(line.setErr(new PrintWriter(error)), words);
      checkAdvice(line.getSubcommands().get(words[0]), arguments, error.toString());
      return new Outcome(code, error.toString());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
