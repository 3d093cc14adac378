package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.cli.model.Errors;
import org.xgradient.cli.option.ArgumentWords;
import org.xgradient.cli.option.Arguments;
import org.xgradient.cli.option.HelpExamples;
import picocli.CommandLine;

/** What all commands have in common: examples, completion, how much is said, what is replaced. */
class CommandLineTest {

  /** They speak of all commands, and are made with all. */
  private static final List<String> MADE_WITH_ALL = List.of("help", "generate-completion");

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
  }

  static Stream<CommandLine> shownCommands() {
    return Xgradient.commandLine().getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden());
  }

  @ParameterizedTest
  @MethodSource("shownCommands")
  void helpEndsWithThreeExamplesThatTheCommandTakes(CommandLine line) {
    List<String> examples = HelpExamples.of(line.getCommandName());
    assertThat(examples).hasSize(3).doesNotHaveDuplicates();
    assertThat(line.getUsageMessage().replaceAll("\\s+", " "))
        .contains("Examples: xgradient " + examples.get(0), examples.get(2));
    for (String example : examples) {
      String command = example.replaceFirst(" [>|] .*", "");
      List<String> arguments = Splitter.on(' ').splitToList(command);
      assertThat(arguments.get(0)).isEqualTo(line.getCommandName());
      // Throws at an option that there is not, or one that is missing.
      Xgradient.commandLine().parseArgs(arguments.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("shownCommands")
  void aCommandMadeAloneIsWhatItIsAmongAll(CommandLine command) {
    assumeFalse(MADE_WITH_ALL.contains(command.getCommandName()));
    CommandLine alone = Xgradient.commandLineFor(command.getCommandName(), "--help");
    assertThat(alone.getSubcommands()).hasSize(1);
    assertThat(alone.getSubcommands().values().iterator().next().getUsageMessage())
        .isEqualTo(command.getUsageMessage());
  }

  @ParameterizedTest
  @MethodSource("shownCommands")
  void onlyWhoWritesIsAskedToReplace(CommandLine command) {
    assertThat(command.getUsageMessage().contains("      --force"))
        .isEqualTo(command.getCommandSpec().findOption("--out") != null);
  }

  @Test
  void whatSpeaksOfAllCommandsHasAll() {
    int all = Xgradient.commandLine().getSubcommands().size();
    for (String word : List.of("--help", "help", "generate-completion", "tarin")) {
      assertThat(Xgradient.commandLineFor(word).getSubcommands()).hasSize(all);
    }
    assertThat(Xgradient.commandLineFor().getSubcommands()).hasSize(all);
  }

  @Test
  void shellsCompleteCommandsAndOptions() {
    String script = output("generate-completion");
    assertThat(script).contains("strip-bias", "--validation-data", "complete ");
  }

  @Test
  void quietCommandsSayNothing() {
    assertThat(said("--quiet")).isEmpty();
    assertThat(said()).contains("training: ", "income");
    assertThat(Commands.run("doctor", "--quiet", "--verbose").error())
        .startsWith("xgradient: --quiet and --verbose are opposites");
  }

  /** All that a training prints; a column that is named is read from a table of people. */
  private String said(String... more) {
    Path people;
    try {
      people = folder.resolve("people.csv");
      Files.writeString(
          people,
          Files.readString(table, StandardCharsets.UTF_8).replaceFirst("noise", "income"),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<String> command =
        Stream.concat(
                Stream.of("train", "--data", people.toString(), "--label", "sick", "--force"),
                Stream.concat(
                    Stream.of("--epochs", "1", "--out", folder.resolve("m").toString()),
                    Stream.of(more)))
            .toList();
    assertThat(Commands.run(command, said, said).code()).isZero();
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aModelIsReplacedByForceOnly() throws IOException {
    Path model = folder.resolve("model");
    assertThat(train(model, "1").code()).isZero();
    String before = Files.readString(model.resolve("provenance.json"));

    Commands.Outcome refused = train(model, "2");
    assertThat(refused.error())
        .isEqualTo(
            "xgradient: there is something in %s already; give --force to replace it, or write to another place; see xgradient train --help\n"
                .formatted(model));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(model.resolve("provenance.json")).hasContent(before);

    assertThat(train(model, "2", "--force").code()).isZero();
    assertThat(Files.readString(model.resolve("provenance.json"))).isNotEqualTo(before);
  }

  @Test
  void theOptionsOfATrainingTrainAlike() throws IOException {
    Path model = folder.resolve("a model");
    assertThat(train(model, "2", "--drop", "score,\"grade\"", "--seed", "5").code()).isZero();
    Path again = folder.resolve("again");

    assertThat(Commands.run("train", "@" + model + ".options", "--out", again).code()).isZero();
    assertThat(again.resolve("checksums.sha256"))
        .as("the weights too, bit for bit")
        .hasSameTextualContentAs(model.resolve("checksums.sha256"));
    Path longer = folder.resolve("longer");
    assertThat(
            Commands.run("train", "@" + model + ".options", "--epochs", "3", "--out", longer)
                .code())
        .isZero();
    assertThat(folder.resolve("longer.options"))
        .content()
        .contains("--data=" + table.toAbsolutePath().normalize(), "--epochs=3")
        .doesNotContain("--epochs=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a table", "a \"table\"", "it's", "a#b", "#c", "back\\n\\", "@x", "two\nlines"})
  void anyNameComesBackFromAFileOfOptions(String name) {
    Path file = folder.resolve("x.options");
    String word = "--data=" + name;
    assertThat(ArgumentWords.quoted(word)).hasLineCount(1);
    write(file, "# a remark\n" + ArgumentWords.quoted(word) + "\n");
    assertThat(Arguments.of("train", "@" + file).expanded()).containsExactly("train", word);
  }

  @Test
  void aFileOfOptionsIsReadAsByAShell() {
    Path file = folder.resolve("x.options");
    Path more = folder.resolve("more.options");
    write(
        file,
        "\uFEFF--data=\"a b.csv\"  --label 'it is' # remark\n\n@%s\n--drop='\"a, b\",c'\n--out \"\" a#b @@x"
            .formatted(more));
    write(more, "--seed=3");
    Arguments arguments = Arguments.of("train", "@" + file, "@@home", "@");
    assertThat(arguments.expanded())
        .containsExactly(
            "train",
            "--data=a b.csv",
            "--label",
            "it is",
            "--seed=3",
            "--drop=\"a, b\",c",
            "--out",
            "",
            "a#b",
            "@x",
            "@home",
            "@");
    assertThat(arguments.files()).containsExactly(file, more);
  }

  @Test
  void aFileOfOptionsThatIsNoneIsNamed() {
    Path none = folder.resolve("none.options");
    assertThat(Commands.run("predict", "@" + none))
        .isEqualTo(
            new Commands.Outcome(
                2,
                "xgradient: there is no file of options %s; an argument that begins with @ itself is written with @@\n"
                    .formatted(none)));
    assertThat(Commands.run("predict", "@" + folder).error())
        .contains("must be a file of options, found a directory");
    write(none, "--label\n--data='a");
    assertThat(Commands.run("train", "@" + none).error())
        .contains(none + ", line 2: the quotation mark ' is not closed; ");
    write(none, "@" + none);
    assertThat(Commands.run("train", "@" + none).error()).contains(none + " names itself");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aMisspeltOptionIsNamedBesideWhatIsMissing() {
    assertThat(Commands.run("train", "--dta", "x.csv").error())
        .startsWith(
            "xgradient: there is no option --dta; did you mean --data?; missing: --out DIR");
  }

  @Test
  void whatTensorFlowSaysToItsProgrammersIsLeftOut() {
    var err = new StringWriter();
    var full =
        new IllegalStateException(
            """
            the variables can't be saved: m/variables; No space left on device
            	 [[{{node Save}}]]
            Hint: If you want to see a list of allocated tensors when OOM happens, add \
            report_tensor_allocations_upon_oom to RunOptions for current allocation info. \
            This isn't available when running in Eager mode.
            """);
    Errors.report(full, Xgradient.commandLine().setErr(new PrintWriter(err)), false);
    assertThat(err)
        .hasToString(
            "xgradient: the variables can't be saved: m/variables; No space left on device"
                + System.lineSeparator());
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, 1, xgradient: the standard output can't be written: No space left on device",
    "Broken pipe, 0, ''"
  })
  void whatCannotBePrintedIsAnError(String reason, int code, String said) {
    for (List<String> command :
        List.of(
            List.of("--version"), List.of("help"), List.of("train", "--help"), List.of("doctor"))) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream out = System.out;
      PrintStream usual = System.err;
      try {
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(Xgradient.run(failing(reason), command.toArray(String[]::new))).isEqualTo(code);
      } finally {
        System.setOut(out);
        System.setErr(usual);
      }
      assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(said);
    }
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void nothingIsSaidWhereNobodyReadsAnyMore() {
    var err = new StringWriter();
    var pipe = new UncheckedIOException(new IOException("Broken pipe"));
    assertThat(Errors.report(pipe, Xgradient.commandLine().setErr(new PrintWriter(err)), false))
        .isEqualTo(141);
    assertThat(err.toString()).isEmpty();
  }

  private Commands.Outcome train(Path model, String epochs, String... more) {
    return Commands.run(
        Stream.concat(
                Stream.of("train", "--data", table, "--label", "sick", "--epochs", epochs)
                    .map(Object::toString),
                Stream.concat(Stream.of("--out", model.toString()), Stream.of(more)))
            .toList());
  }

  private static String output(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Commands.run(List.of(arguments), out, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
