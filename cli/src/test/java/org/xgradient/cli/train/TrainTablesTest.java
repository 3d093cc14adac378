package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataRandom;
import org.xgradient.data.table.TableSchema;
import org.xgradient.training.table.TableModel;

/** What train makes of options about the rows and columns of a table. */
class TrainTablesTest {

  @TempDir private Path folder;
  private Path table;
  private Path model;

  @BeforeEach
  void writeTable() throws IOException {
    List<String> lines = Files.readAllLines(Commands.writeTable(folder));
    List<String> more = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String part = i % 5 == 0 ? "test" : i % 5 == 1 ? "validation" : "train";
      String before =
          i == 0
              ? "part,\"person, number\",day,w"
              : "%s,p%d,2024-01-%02d,%d".formatted(part, i / 3, 1 + i % 31, 1 + i % 2);
      more.add(before + "," + lines.get(i));
    }
    table = Files.write(folder.resolve("more.csv"), more);
    model = folder.resolve("model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--test 0 --validation 0",
        "--test 0",
        "--validation 0",
        "--split part",
        "--group person, number",
        "--time day",
        "--weight w",
        "--balance",
      })
  void splitsAndWeights(String options) {
    assertThat(train("part,day,\"person, number\",w", options)).isEqualTo(new Outcome(0, ""));
    try (TableModel trained = TableModel.load(model)) {
      assertThat(trained.preprocessing().schema().columns()).containsOnlyKeys("x", "noise", "town");
      assertThat(trained.provenance().facts().containsKey("test ROC-AUC"))
          .isEqualTo(!options.contains("--test 0"));
    }
  }

  @Test
  void oneWayToSplitIsEnough() {
    assertThat(train("day,w,grade", "--split part --group person").error())
        .contains("--split, --group and --time are three ways to split the rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "grade | column \"day\": it has dates (300 of 300 cells, written with the year first); --dates day",
        "day,part,w | column \"person, number\" has a different text",
        "dayy | there is no column \"dayy\"; did you mean \"day\"?",
      })
  void doubtsAreErrorsThatNameTheOption(String dropped, String message) throws IOException {
    List<String> lines = Files.readAllLines(table);
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i).replaceFirst(",p\\d+,", ",p" + i + ","));
    }
    Files.write(table, lines);
    Outcome outcome = train(dropped, "");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error()).contains(message);
    assertThat(outcome.error().strip().lines()).hasSize(1);
  }

  @Test
  void adviceAboutTheLabelDoesNotLeaveItOut() throws IOException {
    List<String> lines = Files.readAllLines(table);
    for (int i = 1; i < lines.size(); i += 20) {
      lines.set(i, lines.get(i).replaceFirst("[^,]*$", "unknown"));
    }
    Files.write(table, lines);
    List<String> arguments = new ArrayList<>(List.of("train", "--label", "score", "--epochs", "1"));
    arguments.addAll(List.of("--drop", "part,day,w,grade,sick,\"person, number\""));
    arguments.addAll(List.of("--data", table.toString(), "--out", model.toString()));
    assertThat(Commands.run(arguments).error())
        .contains(
            "column \"score\": 285 of 300 cells are numbers, but row 1 (line 2) has \"unknown\"")
        .contains("--drop-unlabelled")
        .doesNotContain("--drop score");
    arguments.addAll(List.of("--numeric", "score", "--drop-unlabelled"));
    assertThat(Commands.run(arguments)).isEqualTo(new Outcome(0, ""));
  }

  @Test
  void aSlipInTheLabelIsPointedOutBeforeTraining() throws IOException {
    List<String> lines = Files.readAllLines(table);
    lines.set(7, lines.get(7).replace(",yes,", ",yess,").replace(",no,", ",yess,"));
    Files.write(table, lines);
    String dropped = "part,day,\"person, number\",w";
    assertThat(train(dropped, "").error())
        .contains(
            "label \"sick\" has 3 classes: ",
            "\"yess\" (1)",
            "is a slip, correct row 7 (the header not counted), otherwise",
            "--task multiclass");
    assertThat(train(dropped, "--task multiclass").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, no value", "1, 1 value", "5, 5 values", "6, ''"})
  void aColumnOfHardlyAValueIsSaid(int values, String said) throws IOException {
    List<String> lines = Files.readAllLines(table);
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i) + "," + (i <= values ? i : ""));
    }
    lines.set(0, lines.get(0) + ",rare");
    Files.write(table, lines);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> command = command("part,day,\"person, number\",w", "");
    assertThat(Commands.run(command, OutputStream.nullOutputStream(), err).code()).isZero();
    String warnings = err.toString(StandardCharsets.UTF_8);
    if (said.isEmpty()) {
      assertThat(warnings).doesNotContain("rare");
    } else {
      assertThat(warnings)
          .contains(
              "warning: column \"rare\" has %s in 300 rows, from which hardly anything is learned; leave it out (--drop rare)"
                  .formatted(said));
    }
  }

  /** Rows of files of their own judge as those of a column that says the same. */
  @Test
  void validationAndTestMayBeFiles() throws IOException {
    List<String> lines = Files.readAllLines(table);
    String header = lines.get(0);
    Path own = part("own.csv", header, lines.subList(1, 201));
    Path validation = part("validation.csv", header, lines.subList(201, 251));
    Path test = part("test.csv", header, lines.subList(251, 301));
    var said = new ByteArrayOutputStream();
    List<String> command =
        Stream.of(
                "train",
                "--data",
                own,
                "--label",
                "sick",
                "--drop",
                "part,day,\"person, number\",w,score,grade",
                "--epochs",
                "1",
                "--validation-data",
                validation,
                "--test-data",
                test,
                "--out",
                model)
            .map(Object::toString)
            .toList();
    assertThat(Commands.run(command, said, OutputStream.nullOutputStream()).error()).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern("training +200")
        .containsPattern("validation +50 ")
        .containsPattern("test +50 ");
    assertThat(Files.readString(model.resolve("provenance.json")))
        .contains("validation data SHA-256", "test data SHA-256");

    assertThat(
            Commands.run(
                    Stream.concat(command.stream(), Stream.of("--split", "part", "--force"))
                        .toList())
                .error())
        .contains("--validation-data and --test-data say which rows are for what");
    Files.writeString(test, "x,noise\n1,2\n");
    assertThat(Commands.run(Stream.concat(command.stream(), Stream.of("--force")).toList()).error())
        .contains("test.csv", "town");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "validation"})
  void rowsThatAreLearnedFromJudgeNothing(String part) throws IOException {
    List<String> lines = Files.readAllLines(table);
    String dropped = "part,day,\"person, number\",w,score,grade";
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), table);
    List<String> turned = new ArrayList<>(lines.subList(1, lines.size()));
    Collections.reverse(turned);
    Path copy = part("copy.csv", lines.get(0), turned);
    for (Path same : List.of(table, link, copy)) {
      assertThat(train(dropped, "--%s-data %s".formatted(part, same)).error())
          .startsWith(
              "xgradient: --%s-data %s has the rows of --data more.csv, which would "
                  .formatted(part, same.getFileName()))
          .hasLineCount(1);
    }
    Path some = part("some.csv", lines.get(0), lines.subList(1, 81));
    var warned = new ByteArrayOutputStream();
    var outcome =
        Commands.run(
            command(dropped, "--%s-data %s".formatted(part, some)),
            OutputStream.nullOutputStream(),
            warned);
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains(
            "warning: --%s-data some.csv: 80 of 80 rows are in --data too, and".formatted(part));
  }

  @Test
  void theLabelIsNotLeftOut() {
    assertThat(train("sick", "").error())
        .isEqualTo(
            "xgradient: --label and --drop both name the column \"sick\"; leave one out"
                + System.lineSeparator());
  }

  /** Rows of columns with few levels are alike wherever they are from. */
  @Test
  void rowsOfFewLevelsAreNotTakenForTheSame() throws IOException {
    Files.write(table, ofFewLevels(240, 1));
    Path test = Files.write(folder.resolve("others.csv"), ofFewLevels(240, 2));
    var warned = new ByteArrayOutputStream();
    var outcome =
        Commands.run(
            List.of(
                "train",
                "--data",
                table.toString(),
                "--label",
                "y",
                "--test-data",
                test.toString(),
                "--epochs",
                "2",
                "--out",
                folder.resolve("few").toString()),
            OutputStream.nullOutputStream(),
            warned);
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(warned.toString(StandardCharsets.UTF_8)).doesNotContain("are in --data too");
  }

  private static List<String> ofFewLevels(int rows, long seed) {
    DataRandom random = new DataRandom(seed);
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < rows; i++) {
      int a = random.nextInt(3);
      lines.add("%d,%d,%s".formatted(a, random.nextInt(2), random.nextInt(3) < a ? "yes" : "no"));
    }
    return lines;
  }

  @Test
  void whatIsWrongInAFileOfOtherRowsIsNamedWithTheFile() throws IOException {
    List<String> lines = Files.readAllLines(table);
    String header = lines.get(0);
    List<String> rows = new ArrayList<>(lines.subList(251, 301));
    String dropped = "part,day,\"person, number\"";
    String options = "--weight w --test-data " + folder.resolve("test.csv");
    rows.set(6, rows.get(6).replaceFirst("(,\\d{4}-\\d\\d-\\d\\d,)[12],", "$1-3,"));
    part("test.csv", header, rows);
    assertThat(train(dropped, options).error())
        .contains("test.csv (test data), row 7 (the header not counted), column \"w\"");
    part(
        "test.csv",
        header,
        rows.stream().map(r -> r.replaceAll(",(yes|no),", ",unsure,")).toList());
    assertThat(train(dropped, options).error())
        .contains("test.csv (test data): label \"sick\" is \"unsure\" in 50 of 50 rows")
        .contains("the labels there are \"no\", \"yes\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | '' | 'FILE (test data), row 8 (the header not counted): label \"sick\" is missing (in 43 of 50 rows); fill it in, or leave such rows out (--drop-unlabelled)'",
        "0 | '' | 'FILE (test data): label \"sick\" is missing in all 50 rows, which judge nothing then; fill it in, or leave --test-data out'",
        "0 | ' --drop-unlabelled' | 'FILE (test data): label \"sick\" is missing in all 50 rows, which judge nothing then; fill it in, or leave --test-data out'",
      })
  void aFileOfOtherRowsNeedsLabels(int labelled, String options, String message)
      throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> rows = new ArrayList<>(lines.subList(251, 301));
    for (int i = labelled; i < rows.size(); i++) {
      rows.set(i, rows.get(i).replaceFirst(",(yes|no),", ",,"));
    }
    Path test = part("test.csv", lines.get(0), rows);
    assertThat(train("part,day,\"person, number\",w", "--test-data " + test + options))
        .isEqualTo(new Outcome(1, "xgradient: " + message.replace("FILE", "test.csv") + "\n"));
  }

  @Test
  void adviceOnRowsOfOneClassIsOfWhereTheyComeFrom() throws IOException {
    List<String> lines = Files.readAllLines(table);
    Path test =
        part(
            "test.csv",
            lines.get(0),
            lines.stream().skip(1).filter(row -> row.contains(",yes,")).limit(9).toList());
    assertThat(train("part,day,\"person, number\",w", "--test-data " + test).error())
        .contains(
            "found 0 of \"no\" and 9 of \"yes\"; take rows of the other class into the file of --test-data\n");
    Files.write(
        table,
        lines.stream().map(row -> row.replaceFirst("^test(.*),no,", "train$1,no,")).toList());
    assertThat(train("day,\"person, number\",w", "--split part").error())
        .contains("; say test of rows of the other class in column \"part\"\n");
  }

  @Test
  void whatTheModelHasNotSeenInAFileOfOtherRowsIsSaid() throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> rows = lines.subList(251, 301);
    Path test =
        part(
            "test.csv",
            lines.get(0),
            rows.stream().map(row -> row.replaceAll("Ulm|York|Ypres", "Bonn")).toList());
    String dropped = "part,day,\"person, number\",w";
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(
            Commands.run(
                    command(dropped, "--test-data " + test), OutputStream.nullOutputStream(), err)
                .code())
        .isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "warning: test data: column \"town\": 50 of 50 cells are levels that the model has not seen");
    part(
        "test.csv",
        lines.get(0),
        rows.stream()
            .map(row -> row.replaceFirst("-?\\d\\.\\d+,(?=Ulm|York|Ypres)", "high,"))
            .toList());
    assertThat(train(dropped, "--test-data " + test + " --force").error())
        .startsWith("xgradient: --test-data %s, column \"noise\": 50 of 50 cells".formatted(test))
        .contains("(--categorical noise, or in the file of a given --schema)", "(--drop noise)");
  }

  private Path part(String name, String header, List<String> rows) throws IOException {
    return Files.write(
        folder.resolve(name), Stream.concat(Stream.of(header), rows.stream()).toList());
  }

  /** The schema that is written beside a model reads the table again, to the same model. */
  @Test
  void aSchemaMayBeGiven() throws IOException {
    String dropped = "part,day,\"person, number\",w";
    assertThat(train(dropped, "").code()).isZero();
    String before = checksum();
    Path schema = Files.copy(model.resolve("schema.json"), folder.resolve("schema.json"));
    assertThat(TableSchema.fromJson(Files.readString(schema)).columns())
        .containsOnlyKeys("x", "noise", "town", "sick");
    assertThat(
            Commands.run(
                "train",
                "--data",
                table,
                "--label",
                "sick",
                "--out",
                model,
                "--hidden",
                "4",
                "--epochs",
                "1",
                "--force",
                "--schema",
                schema))
        .isEqualTo(new Outcome(0, ""));
    assertThat(checksum()).isEqualTo(before);
  }

  private String checksum() throws IOException {
    Path saved = model.resolve("saved_model");
    try (Stream<Path> files = Files.walk(saved)) {
      return Checksums.sha256(saved, files.filter(Files::isRegularFile).sorted().toList());
    }
  }

  /** Without the columns that an option names. */
  private Outcome train(String dropped, String options) {
    return Commands.run(command(dropped, options));
  }

  private List<String> command(String dropped, String options) {
    List<String> given = new ArrayList<>();
    for (String word : Splitter.onPattern(" (?=--)").split(options)) {
      if (!word.isBlank()) {
        given.addAll(List.of(word.split(" ", 2)));
      }
    }
    List<String> left = new ArrayList<>(List.of("score", "grade"));
    for (String name : Splitter.onPattern(",(?! )").split(dropped)) {
      if (!given.contains(name.replace("\"", ""))) {
        left.add(name);
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                table.toString(),
                "--label",
                "sick",
                "--out",
                model.toString(),
                "--hidden",
                "4",
                "--epochs",
                "1",
                "--drop",
                String.join(",", left)));
    command.addAll(given);
    return command;
  }
}
