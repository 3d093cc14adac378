package org.xgradient.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where commands may write; nothing that is read is touched. */
class OutputsTest {

  @TempDir static Path folder;

  private static Path table;
  private static Path model;

  @BeforeAll
  static void train() throws IOException {
    table = Commands.writeTable(Files.createDirectories(folder.resolve("data/inner")));
    model = folder.resolve("model");
    assertThat(
            Commands.run(
                    "train", "--data", table, "--label", "sick", "--epochs", "1", "--out", model)
                .code())
        .isZero();
    Files.createSymbolicLink(folder.resolve("link"), table.getParent());
    Files.createSymbolicLink(folder.resolve("file-link.csv"), table);
    Files.createLink(folder.resolve("hard.csv"), table);
    Files.createSymbolicLink(folder.resolve("model-link"), model);
  }

  @ParameterizedTest
  @CsvSource({
    "data/inner/table.csv, be --data",
    "data/inner/../inner/./table.csv, be --data",
    "link/table.csv, be --data",
    "file-link.csv, be --data",
    "hard.csv, be --data",
    "link/../inner/table.csv, be --data",
    "model/predictions.csv, be inside --model",
    "model-link/saved_model/new/predictions.csv, be inside --model",
    "model/model.json, be inside --model",
    "model/../model/x.csv, be inside --model",
  })
  void whatIsReadIsNeverWritten(String out, String how) throws IOException {
    Map<String, String> before = contents();

    for (String command : List.of("predict", "attribute")) {
      Commands.Outcome outcome =
          Commands.run(command, "--model", model, "--data", table, "--out", folder.resolve(out));

      assertThat(outcome.error())
          .startsWith("xgradient: --out must not %s, which is read, found ".formatted(how))
          .contains("; write to another place")
          .hasLineCount(1);
      assertThat(outcome.code()).isEqualTo(2);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void allCommandsAreHeldToIt() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Map<String, String> before = contents();

    for (List<Object> command :
        List.<List<Object>>of(
            List.of("export", "--model", model, "--out", model),
            List.of("strip-bias", "--model", model, "--out", model.resolve("x")),
            List.of("evaluate", "--model", model, "--data", table, "--out", model.resolve("e")),
            List.of("train", "--images", images, "--out", images.resolve("model")),
            List.of("train", "--data", table, "--label", "sick", "--out", folder.resolve("data")),
            List.of("attribute", "--model", model, "--images", images, "--out", images),
            List.of("nhanes", "--folder", images, "--out", images.resolve("n.csv")),
            List.of(
                "import", "--network", "convnet", "--weights", table, "--out", table.getParent()),
            List.of(
                "attribute",
                "--model",
                model,
                "--data",
                folder.resolve("other.csv"),
                "--references",
                table,
                "--out",
                table),
            List.of("experiment", "contrast", "--images", images, "--out", images.resolve("out")),
            List.of("evaluate", "--model", model, "--data", table, "--out", folder))) {
      Commands.Outcome outcome = Commands.run(command.toArray());

      assertThat(outcome.error())
          .as("%s", command)
          .matches("xgradient: --out must not be( inside| around)? --.*\\R");
      assertThat(outcome.code()).isEqualTo(2);
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void otherPlacesAreTaken() {
    assertThat(
            Commands.run(
                    "predict",
                    "--model",
                    model,
                    "--data",
                    table,
                    "--out",
                    folder.resolve("data/inner/predictions.csv"))
                .code())
        .as("beside the table, whose folder is not read")
        .isZero();
    assertThat(folder.resolve("data/inner/predictions.csv")).isNotEmptyFile();
  }

  @Test
  void whatALinkPointsToIsOnlyReplacedIfTheUserSaysSo() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("other-link.csv"), other);
    Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.csv"), folder.resolve("gone"));

    assertThat(predict(link).error())
        .startsWith("xgradient: %s is a link to ".formatted(link))
        .contains("; give --force to replace what it points to");
    assertThat(other).hasContent("mine");
    assertThat(predict(nowhere, "--force").error()).contains("is a link to what is not there");
    assertThat(nowhere).isSymbolicLink();

    assertThat(predict(link, "--force").code()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(other).content().startsWith("row,");
  }

  @Test
  void aFileOfArgumentsIsRead() throws IOException {
    Path arguments = folder.resolve("arguments");
    String before = "--model=%s%n--data=%s%n".formatted(model, table);
    Files.writeString(arguments, before);

    Commands.Outcome outcome = Commands.run("predict", "@" + arguments, "--out", arguments);

    assertThat(outcome.error())
        .startsWith("xgradient: --out must not be @%s, which is read".formatted(arguments));
    assertThat(arguments).hasContent(before);

    Path outer = Files.writeString(folder.resolve("outer"), "@%s%n".formatted(arguments));
    assertThat(Commands.run("predict", "@" + outer, "--out", arguments).error())
        .startsWith("xgradient: --out must not be @%s, which is read".formatted(arguments));
    assertThat(arguments).hasContent(before);
  }

  /** A shell's {@code > file}: what is open is gone on with. */
  @Test
  void whatIsOpenIsNoLinkToReplace() throws IOException {
    Path opened = folder.resolve("opened.csv");
    try (FileOutputStream file = new FileOutputStream(opened.toFile())) {
      file.write('#');
      Path link = openLink(opened);
      assumeTrue(link != null);
      assertThat(predict(requireNonNull(link)).code()).isZero();
    }
    assertThat(opened).content().startsWith("#row,");
  }

  private static @Nullable Path openLink(Path file) throws IOException {
    Path opened = Path.of("/proc/self/fd");
    if (!Files.isDirectory(opened)) {
      return null;
    }
    try (Stream<Path> links = Files.list(opened)) {
      for (Path link : links.toList()) {
        if (Files.exists(link) && Files.isSameFile(link, file)) {
          return link;
        }
      }
    }
    return null;
  }

  @Test
  void thePageOfAnotherOutputStays() throws IOException {
    Path page = folder.resolve("model.html");
    String before = Files.readString(page);
    Path out = folder.resolve("model.csv");
    List<String> command =
        Stream.of("attribute", "--model", model, "--data", table, "--out", out)
            .map(Object::toString)
            .toList();

    assertThat(Commands.run(command).error())
        .startsWith("xgradient: %s: is there, and %s is not".formatted(page, out));
    assertThat(page).hasContent(before);
    assertThat(out).doesNotExist();

    assertThat(Commands.run(Stream.concat(command.stream(), Stream.of("--force")).toList()).code())
        .isZero();
    assertThat(page).content().isNotEqualTo(before);
  }

  @Test
  void theOptionsOfAModelStay() throws IOException {
    Path other = folder.resolve("other");
    assertThat(
            Commands.run(
                    "train", "--data", table, "--label", "sick", "--epochs", "1", "--out", other)
                .code())
        .isZero();
    Path options = folder.resolve("other.options");
    String before = Files.readString(options);

    assertThat(predict(options).error())
        .startsWith(
            "xgradient: %s holds the options of the training of %s".formatted(options, other))
        .contains("; give --force to replace it");
    assertThat(options).hasContent(before);

    assertThat(predict(options, "--force").code()).isZero();
    assertThat(options).content().startsWith("row,");
    assertThat(predict(folder.resolve("no-model.options")).code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.csv.zip", "out.ZIP", "out.xlsx", "out.html", "out.HTM", "out.png"})
  void aNameOfAnotherFormIsRefused(String name) {
    Path out = folder.resolve(name);

    for (String command : List.of("predict", "attribute")) {
      assertThat(Commands.run(command, "--model", model, "--data", table, "--out", out).error())
          .startsWith("xgradient: --out can't be written as .")
          .contains("write .csv, also compressed: .csv.gz, .csv.bz2, ");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void aPageIsNoNameOfATable() {
    assertThat(predict(folder.resolve("out.html")).error())
        .contains(
            "found %s; it is the table of results, beside which attribute writes its page by itself; write .csv"
                .formatted(folder.resolve("out.html")));
  }

  private static Commands.Outcome predict(Path out, String... more) {
    return Commands.run(
        Stream.concat(
                Stream.of("predict", "--model", model, "--data", table, "--out", out)
                    .map(Object::toString),
                Stream.of(more))
            .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "attribute"})
  void aFullDiskIsNamed(String command) {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));

    Commands.Outcome outcome =
        Commands.run(command, "--model", model, "--data", table, "--out", full);

    assertThat(outcome.error())
        .endsWith("xgradient: /dev/full: can't be written: No space left on device\n");
    assertThat(outcome.code()).isEqualTo(1);
  }

  @Test
  void aDirectoryInPlaceOfAFileIsNamedBeforeTheWork() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("directory"));

    Commands.Outcome outcome =
        Commands.run("predict", "--model", "missing", "--data", "missing", "--out", directory);

    assertThat(outcome.error())
        .isEqualTo(
            "xgradient: %s: must be a file, found a directory; give a file name in it%n"
                .formatted(directory));
    assertThat(outcome.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict --data TABLE",
        "attribute --data TABLE",
        "export",
        "strip-bias",
        "evaluate --data TABLE",
        "train --data TABLE --label sick"
      })
  void aDirectoryThatTakesNoFilesIsNamed(String command) throws IOException {
    Path directory = Files.createDirectories(folder.resolve("read-only"));
    assumeTrue(directory.toFile().setWritable(false) && !Files.isWritable(directory));

    Commands.Outcome outcome =
        Commands.run(
            Stream.concat(
                    Stream.of(command.split(" ")).map(word -> word.replace("TABLE", "" + table)),
                    Stream.of("--model", "" + model, "--out", "" + directory.resolve("x")))
                .toList());

    assertThat(outcome.error()).contains("no permission for " + directory).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict", "attribute"})
  void aProtectedFileIsNotReplaced(String command) throws IOException {
    Path out = Files.writeString(folder.resolve("protected.csv"), "mine");
    assumeTrue(out.toFile().setWritable(false) && !Files.isWritable(out));

    Commands.Outcome outcome =
        Commands.run(command, "--model", model, "--data", table, "--out", out, "--force");

    assertThat(outcome.error())
        .startsWith("xgradient: %s: is protected from writing and is not replaced".formatted(out))
        .hasLineCount(1);
    assertThat(out).hasContent("mine");
    Files.delete(out);
  }

  @Test
  void aFileSystemThatTakesNoFilesIsNamed() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));

    Commands.Outcome outcome =
        Commands.run("predict", "--model", model, "--data", table, "--out", "/proc/x.csv");

    assertThat(outcome.error())
        .containsAnyOf(
            "/proc/x.csv: can't be written: no new file can be made in /proc",
            "no permission for /proc");
    assertThat(outcome.code()).isEqualTo(1);
  }

  private static Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        contents.put(
            file.toString(),
            Files.isDirectory(file)
                ? "directory"
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    + Files.getLastModifiedTime(file));
      }
    }
    return contents;
  }
}
