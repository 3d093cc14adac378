package org.xgradient.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xgradient.cli.Commands.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;
import picocli.CommandLine;

/** The commands as a user calls them. */
class CommandsTest {

  @TempDir private Path folder;
  private Path table;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "sick,   grade;score, --prior gini --method xg",
    "grade,  sick;score,  --prior mask --mask noise --lambda 10",
    "score,  sick;grade,  --prior l1 --lambda 0.01",
    "sick,   grade;score, --bias --prior gini --method eg --references 2",
    "sick,   grade;score, --prior group --lambda 0.01 --batch-size 50 --task binary",
  })
  void trainsPredictsExplainsAndExports(String label, String dropped, String prior)
      throws IOException {
    Path model = folder.resolve("model");
    List<String> train =
        new ArrayList<>(List.of("train", "--data", table.toString(), "--label", label, "--out"));
    train.addAll(
        List.of(model.toString(), "--drop", dropped.replace(';', ','), "--hidden", "16,8"));
    train.addAll(List.of("--epochs", "40"));
    train.addAll(List.of(prior.split(" ")));
    assertThat(run(train)).isEqualTo(new Outcome(0, ""));

    Path predictions = folder.resolve("predictions.csv");
    assertThat(run("predict", "--model", model, "--data", table, "--out", predictions).code())
        .isZero();
    assertThat(Files.readAllLines(predictions)).hasSize(301);
    assertThat(Files.readAllLines(predictions).get(0)).startsWith("row," + label);

    Path attributions = folder.resolve("attributions.csv");
    assertThat(run("attribute", "--model", model, "--data", table, "--out", attributions).code())
        .isZero();
    List<String> lines = Files.readAllLines(attributions);
    assertThat(lines.get(0)).isEqualTo(headerOf(label) + ",x,noise,town");
    assertAddsUp(lines, label.equals("score") ? 4 : 5);

    Path again = folder.resolve("again");
    String method = prior.contains("--bias") ? "ig" : "xg";
    assertThat(run("export", "--model", model, "--out", again, "--method", method).code()).isZero();
    int proven = run("check", "--model", again).code();
    assertThat(proven).isEqualTo(prior.contains("--bias") ? 3 : 0);

    Path stripped = folder.resolve("stripped");
    assertThat(run("strip-bias", "--model", again, "--out", stripped, "--data", table).code())
        .isZero();
    assertThat(run("check", "--model", stripped).code()).isZero();
    // As a SavedModel from anywhere.
    Path foreign = folder.resolve("foreign");
    assertThat(run("strip-bias", "--model", again.resolve("saved_model"), "--out", foreign).code())
        .isZero();
    assertThat(run("check", "--model", foreign).code()).isZero();
  }

  private static String headerOf(String label) {
    return switch (label) {
      case "sick" -> "row,explained,logit of yes,logit of yes at the baseline,probability of yes";
      case "grade" ->
          "row,explained,logit of the class,logit of the class at the baseline,probability of the"
              + " class";
      default -> "row,explained,prediction of score,prediction of score at the baseline";
    };
  }

  /** Within the tolerance of the automatic choice, on average over the rows. */
  private static void assertAddsUp(List<String> lines, int first) {
    double gap = 0;
    double change = 0;
    for (String line : lines.subList(1, lines.size())) {
      double[] cells =
          Stream.of(line.split(",")).skip(2).mapToDouble(Double::parseDouble).toArray();
      double difference = cells[0] - cells[1];
      gap += Math.abs(difference - cells[first - 2] - cells[first - 1] - cells[first]);
      change += Math.abs(difference);
    }
    assertThat(gap).isLessThan(0.011 * change);
    assertThat(change).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "train --data none.csv --label sick --out m | none.csv",
        "train --data TABLE --label sick --flip --mixup 0.1 --out m | --flip and --mixup are of no use with a table; leave them out",
        "attribute --model none --data TABLE --probability --out p.csv | --probability is of no use with a SavedModel of others; leave it out",
        "predict --model none --data TABLE --top 3 --out p.csv | --top is of no use with a SavedModel of others",
        "train --data TABLE --label age --out m | there is no column \"age\"",
        "train --data TABLE --label sick --lambda -1 --prior gini --out m | --lambda must be auto or a number of at least 0",
        "train --data TABLE --label sick --prior gini --tolerance -1 --out m | --tolerance must be at least 0 and finite, found -1.0",
        "train --data TABLE --label sick --lambda 1 --out m | --lambda goes with a prior",
        "train --data TABLE --label sick --method ig --out m | --method goes with a prior",
        "train --data TABLE --label sick --prior gini --validation 0 --out m | lambda is found on validation rows",
        "train --data TABLE --label sick --method newton --prior gini --out m | newton",
        "train --data TABLE --label sick --prior mask --out m | --prior mask needs the columns",
        "train --data TABLE --label sick --prior mask --mask age --out m | there is no column \"age\" to mask",
        "train --data TABLE --label sick --mask x --out m | --mask goes with --prior mask",
        "train --data none.csv --label sick --bias --prior gini --out m | --prior gini by X-Gradient, its usual method, needs a network without biases; leave --bias out, or give --method ig",
        "train --data none.csv --label sick --bias --prior mask --mask x --method xg --out m | --prior mask by X-Gradient needs a network without biases",
        "train --data TABLE --label x --out m | label",
        "train --data RAGGED --label sick --out m | row",
        "train --data EMPTY --label sick --out m | empty",
        "train --data ONE --label sick --out m | sick",
        "train --data RARE --label sick --out m | the validation rows must be of both classes for a ROC-AUC, found 60 of \"0\" and 0 of \"1\"; take more rows of the rarer class, or a larger --validation share",
        "train --data TEXT --label sick --categorical none --out m | none",
        "predict --model none --data TABLE --out p.csv | found no such directory",
        "attribute --model none --data TABLE --out p.csv | found no such directory",
        "evaluate --model none --data TABLE --out m | must be a model directory",
        "evaluate --model none --data TABLE --out m --rows 1 | --rows must be at least 2, found 1",
        "evaluate --model none --data TABLE --out m --methods xg,lime | lime",
        "evaluate --model none --data TABLE | missing: --out DIR; see",
        "evaluate --model none --data TABLE --out m/inner/m | must be a model directory",
        "evaluate --model none --data TABLE --out TABLE | must be a directory, found a file",
        "train --data TABLE --label sick --out TABLE/m | must be inside a directory, but",
        "demo --out TABLE | is a file; write to another place",
        "demo --images --out TABLE/m | is a file; write to another place",
        "check --model none | none",
        "strip-bias --model none --out m | none",
        "demo --repetitions 1 | --repetitions must be at least 2",
        "attribute --data TABLE | missing: --out PATH; --model DIR; see",
        "attribute --data TABLE --out m | missing: --model DIR; see",
        "attribute --data TABLE --model none --method xg,ig --out m | found no such directory",
        "predict --model none --out m | missing: --data FILE.csv, --images FOLDER or --text FILE; see",
        "predict --model a,b --data TABLE --out m | a table needs one model",
        "train --data TABLE --label sick --out m --steps 3 | --steps is of no use with no prior; leave it out",
        "train --data TABLE --label sick --out m --prior gini --references 3 | --references is of no use with the usual method",
        "train --data TABLE --label sick --out m --momentum .5 | --momentum is of no use with --optimizer adam",
        "train --data TABLE --label sick --out m --step-factor .5 | --step-factor is of no use with no --schedule step",
        "train --data TABLE --label sick --out m --validation 0 --patience 5 | --patience is of no use with --validation 0",
        "train --data TABLE --label score --out m --balance | leave --balance out",
        "train --data TABLE --label sick --out m --split town --test 0.5 | --test is of no use with --split",
        "train --data TABLE --label sick --out m --numeric x --categorical x | both name the column \"x\"",
        "train --data TABLE --label sick --out m --task binry | did you mean binary?",
        "help trian | there is no command trian; did you mean train?",
        "attribute --model none --data TABLE --out m --method xg --steps 3 | --steps is of no use with --method xg",
        "export --model none --out m --method grad --steps 3 | --steps is of no use with --method grad",
        "export --model none --out m --method eg | --method must be xg, ig, grad, saliency, ixg or rrr",
        "paint | paint",
        "train @TABLE --label sick --out m | table.csv must be a file of options, found \"x,noise,town,sick,grade,score\"; give a table with --data, and without the @; see",
        "train @TABLE | table.csv must be a file of options, found \"x,noise,town,sick,grade,score\"; give",
        "check @TABLE | table.csv must be a file of options, found \"x,noise,town,sick,grade,score\"; write one a line, or name another file; see",
        "train --data TABLE a.csv b.csv c.csv --label sick --out m | no option takes \"a.csv\" (and 2 more); see",
        "train @nowhere.options --out m | there is no file of options nowhere.options",
        "train --data= --label sick --out m | must name a file, found an empty name",
        "trian --data TABLE | there is no command trian; did you mean train?; the commands are demo, train, predict",
        "predic --data TABLE | there is no command predic; did you mean predict?; the commands are",
        "train --out m --lamda=3 | there is no option --lamda; did you mean --lambda",
      })
  void reportsBadInputInOneLine(String command, String expected) throws IOException {
    Path ragged = Files.writeString(folder.resolve("ragged.csv"), "x,sick\n1,0\n2\n3,1\n");
    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    Path one = Files.writeString(folder.resolve("one.csv"), "x,sick\n1,0\n2,0\n3,0\n4,0\n5,0\n");
    Path rare =
        Files.writeString(
            folder.resolve("rare.csv"),
            "x,sick\n" + "1,0\n2,0\n3,0\n".repeat(99) + "7,1\n8,1\n9,1\n");
    List<String> arguments =
        Stream.of(command.strip().split(" "))
            .map(word -> word.replace("TABLE", table.toString()))
            .map(word -> word.replace("RAGGED", ragged.toString()))
            .map(word -> word.replace("EMPTY", empty.toString()))
            .map(word -> word.replace("ONE", one.toString()))
            .map(word -> word.replace("RARE", rare.toString()))
            .map(word -> word.replace("TEXT", table.toString()))
            .map(word -> word.replace("m/inner/m", folder.resolve("m/inner/m").toString()))
            .map(word -> word.equals("m") ? folder.resolve("m").toString() : word)
            .toList();
    Outcome outcome = run(arguments);
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip().lines()).hasSize(1);
    assertThat(outcome.error()).startsWith("xgradient: ").contains(expected);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("table.csv", "ragged.csv", "empty.csv", "one.csv", "rare.csv");
    }
  }

  @Test
  void aModelFromElsewhereCanBeLoadedInAProcessOfItsOwnFirst() throws IOException {
    Path model = folder.resolve("model");
    run(
        "train",
        "--data",
        table,
        "--label",
        "sick",
        "--drop",
        "grade,score",
        "--out",
        model,
        "--epochs",
        "1",
        "--hidden",
        "4");
    Path savedModel = model.resolve("saved_model");
    assertThat(run("check", "--model", savedModel, "--probe")).isEqualTo(new Outcome(0, ""));
    Files.write(savedModel.resolve("saved_model.pb"), new byte[] {1, 2, 3});
    Outcome outcome = run("check", "--model", savedModel, "--probe");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.error())
        .startsWith("xgradient: " + savedModel + " can't be used: ")
        .contains("saved_model.pb is damaged");
    assertThat(outcome.error().strip().lines()).hasSize(1);
  }

  /** In the third chunk of the one and the first of the other. */
  @Test
  void aNumberThatIsTooLargeIsReportedWithItsRowInTheFile() throws IOException {
    Path model = folder.resolve("model");
    assertThat(
            run(
                    "train",
                    "--data",
                    table,
                    "--label",
                    "sick",
                    "--drop",
                    "grade,score",
                    "--out",
                    model,
                    "--epochs",
                    "1",
                    "--hidden",
                    "4")
                .code())
        .isZero();
    List<String> lines = new ArrayList<>(List.of("x,noise,town"));
    for (int row = 1; row <= 3000; row++) {
      lines.add(row == 2500 ? "1e300,0,Ulm" : "1,0,Ulm");
    }
    Path large = Files.write(folder.resolve("large.csv"), lines);
    Path out = folder.resolve("out.csv");
    for (String command : List.of("predict", "attribute")) {
      Outcome outcome = run(command, "--model", model, "--data", large, "--out", out);
      assertThat(outcome.code()).isNotZero();
      assertThat(outcome.error())
          .isEqualTo(
              "xgradient: row 2500 (the header not counted), column \"x\": 1.0E300 is too large to be standardised; correct"
                  + " the cell\n");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void helpIsInGroups() {
    String help =
        requireNonNull(Xgradient.commandLine().getSubcommands().get("train")).getUsageMessage();
    assertThat(help)
        .containsSubsequence(
            "--out=", "Table:", "--data=", "Images:", "Prior:", "General:", "--help");
    // An option is under one heading.
    assertThat(help.lines().filter(line -> line.contains("--data="))).hasSizeLessThanOrEqualTo(2);
    assertThat(run("help", "train").code()).isZero();
  }

  @Test
  void optionsMayBeInAFile() throws IOException {
    Path options = Files.writeString(folder.resolve("options.txt"), "--label\nage\n--out\nm\n");
    assertThat(run("train", "--data", table, "@" + options).error())
        .contains("there is no column \"age\"");
  }

  @Test
  void everyCommandHasHelp() {
    CommandLine root = Xgradient.commandLine();
    for (String name : root.getSubcommands().keySet()) {
      assertThat(run(name, "--help").code()).as(name).isZero();
    }
  }
}
