package org.xgradient.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.xgradient.cli.Commands.run;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.data.DataRandom;

/** The commands on texts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextCommandsTest {

  private static final List<String> FILLING =
      List.of("the", "of", "a", "old", "in", "to", "is", "that", "it", "Berlin");

  private static final List<String> TELLING = List.of("how", "what", "who");

  @TempDir static Path folder;
  private Path texts;
  private Path model;

  @BeforeAll
  void train() throws IOException {
    DataRandom random = new DataRandom(4);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder line = new StringBuilder("C%d:fine".formatted(i % 3));
      int length = 2 + random.nextInt(6);
      int place = random.nextInt(length);
      for (int word = 0; word < length; word++) {
        line.append(' ')
            .append(word == place ? TELLING.get(i % 3) : FILLING.get(random.nextInt(10)));
      }
      lines.add(line.toString());
    }
    texts = Files.write(folder.resolve("texts.txt"), lines);
    model = folder.resolve("model");
    assertThat(run(training(model, List.of()))).isEqualTo(new Outcome(0, ""));
  }

  private List<String> training(Path out, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--text",
                texts.toString(),
                "--label-until",
                ":",
                "--dimension",
                "12",
                "--filters",
                "8",
                "--widths",
                "1,2",
                "--learning-rate",
                "0.02",
                "--epochs",
                "8",
                "--out",
                out.toString()));
    arguments.addAll(more);
    return arguments;
  }

  private static List<List<String>> rows(Path csv) throws IOException {
    return Files.readAllLines(csv).stream()
        .map(line -> Splitter.on(',').splitToList(line))
        .toList();
  }

  @Test
  void predictsTheClassThatAWordTells() throws IOException {
    Path out = folder.resolve("predictions.csv");
    assertThat(
            run("predict", "--model", model, "--text", texts, "--label-until", ":", "--out", out))
        .isEqualTo(new Outcome(0, ""));
    List<List<String>> rows = rows(out);
    assertThat(rows.get(0).subList(0, 4))
        .containsExactly("line", "label", "predicted", "probability of C0");
    assertThat(rows).hasSize(301);
    assertThat(rows.stream().skip(1).filter(row -> row.get(1).equals(row.get(2))).count())
        .isGreaterThan(290);
  }

  @Test
  void explainsWordByWord() throws IOException {
    Path out = folder.resolve("explained");
    assertThat(
            run("attribute", "--model", model, "--text", texts, "--label-until", ":", "--out", out))
        .isEqualTo(new Outcome(0, ""));
    double sum = 0;
    for (List<String> row : rows(out.resolve("words.csv"))) {
      sum += row.get(0).equals("1") ? Double.parseDouble(row.get(4)) : 0;
    }
    List<String> first = rows(out.resolve("texts.csv")).get(1);
    assertThat(first.get(6)).as("the logit of blanks").isEqualTo("0.0");
    // Sums of some tens of floats of the order of 1.
    assertThat(sum).isCloseTo(Double.parseDouble(first.get(5)), within(1e-5));
    assertThat(out.resolve("report.html"))
        .content()
        .contains("Words that trigger a class", "Confusions", "class=\"w up4\"")
        .contains("\"name\":\"probability of the class\"", "\"name\":\"completeness error\"");
  }

  @Test
  void aClassCanBeNamed() throws IOException {
    Path out = folder.resolve("of-c1");
    assertThat(
            run(
                "attribute",
                "--model",
                model,
                "--text",
                texts,
                "--target",
                "C1",
                "--method",
                "ig",
                "--steps",
                "8",
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    assertThat(rows(out.resolve("texts.csv")).stream().skip(1).map(row -> row.get(3)))
        .containsOnly("C1");
    assertThat(
            run(
                    "attribute",
                    "--model",
                    model,
                    "--text",
                    texts,
                    "--target",
                    "C9",
                    "--out",
                    folder.resolve("x"))
                .error())
        .contains("the classes are C0, C1, C2");
  }

  @Test
  void aMethodThatIsNotCompleteHasNoBaseline() throws IOException {
    Path out = folder.resolve("by-gradient");
    assertThat(
            run("attribute", "--model", model, "--text", texts, "--method", "grad", "--out", out))
        .isEqualTo(new Outcome(0, ""));
    List<String> first = rows(out.resolve("texts.csv")).get(1);
    assertThat(first.get(6)).as("logit of blanks").isEmpty();
    assertThat(first.get(8)).as("completeness error").isEmpty();
    assertThat(out.resolve("report.html"))
        .content()
        .contains("These contributions do not add up to the logit")
        .doesNotContain("largest completeness error");
  }

  @Test
  void judgesMethods() throws IOException {
    Path out = folder.resolve("evaluation");
    assertThat(
            run(
                "evaluate",
                "--model",
                model,
                "--text",
                texts,
                "--label-until",
                ":",
                "--rows",
                "40",
                "--methods",
                "auto,ig,random",
                "--steps",
                "8",
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    assertThat(out.resolve("report.html"))
        .content()
        .contains("The words that each method names", ": auto", ": ig", ": random", "\"levels\":[");
    double auto = 0;
    double random = 0;
    for (List<String> score : rows(out.resolve("scores.csv"))) {
      if (score.get(1).equals("KPM")) {
        auto = score.get(0).equals("auto") ? Double.parseDouble(score.get(4)) : auto;
        random = score.get(0).equals("random") ? Double.parseDouble(score.get(4)) : random;
      }
    }
    // The word that tells the class is kept longest.
    assertThat(auto).isGreaterThan(random + 0.1);
  }

  @Test
  void checksAndExportsAnew() {
    assertThat(run("check", "--model", model).code()).isZero();
    Path out = folder.resolve("exported");
    assertThat(run("export", "--model", model, "--method", "ig", "--steps", "4", "--out", out))
        .isEqualTo(new Outcome(0, ""));
    assertThat(
            run("predict", "--model", out, "--text", texts, "--out", folder.resolve("again.csv")))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void aMaskedWordNoLongerDecides() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Outcome outcome =
        run(
            training(
                folder.resolve("masked"),
                List.of("--prior", "mask", "--mask", "who", "--strict-prior")),
            printed,
            OutputStream.nullOutputStream());
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "The smallest weight at which a swap of the words changes at most 2 %",
            "without the words")
        .containsPattern("with a masked word, .* change [01](\\.\\d+)? % of the decisions");
  }

  @Test
  void wordsOfAKindMayBeMasked() {
    Path out = folder.resolve("kinds");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(
            run(
                training(out, List.of("--keep-case", "--prior", "mask", "--mask", "/[A-Z].*/,a")),
                printed,
                OutputStream.nullOutputStream()))
        .isEqualTo(new Outcome(0, ""));
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("test texts with a masked word");
    Path none = folder.resolve("no-kind");
    assertError(
        run(training(none, List.of("--prior", "mask", "--mask", "/[0-9]+/"))),
        "found /[0-9]+/, which matches none");
    assertError(
        run(training(none, List.of("--prior", "mask", "--mask", "/[0-9/"))),
        "must be a regular expression between slashes, found /[0-9/: Unclosed character class");
  }

  @Test
  void aWordThatStillDecidesIsToldOf() {
    Path out = folder.resolve("weak");
    List<String> weak = List.of("--prior", "mask", "--mask", "who", "--lambda", "1e-6");
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    assertThat(run(training(out, weak), OutputStream.nullOutputStream(), warned).code()).isZero();
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains(
            "warning: another word of the list or a blank in the place of a masked one changes");
    List<String> strict = new ArrayList<>(weak);
    strict.add("--strict-prior");
    Path none = folder.resolve("strict");
    assertError(run(training(none, strict)), "the prior does not keep its promise: another word");
    assertThat(none).doesNotExist();
  }

  @Test
  void biasesAreTakenOut() {
    Path regular = folder.resolve("regular");
    assertThat(run(training(regular, List.of("--bias"))).code()).isZero();
    assertThat(run("check", "--model", regular).code()).isEqualTo(3);
    Path stripped = folder.resolve("stripped");
    assertError(
        run("strip-bias", "--model", regular, "--out", stripped), "give some with --text FILE");
    assertError(
        run("strip-bias", "--model", model, "--text", texts, "--out", stripped),
        "has no biases; use it as it is");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(
            run(
                List.of(
                    "strip-bias",
                    "--model",
                    regular.toString(),
                    "--text",
                    texts.toString(),
                    "--out",
                    stripped.toString()),
                printed,
                OutputStream.nullOutputStream()))
        .isEqualTo(new Outcome(0, ""));
    // Two convolutions and the logits.
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Removed the biases of 3 layers.", "of the decisions stay");
    assertThat(run("check", "--model", stripped).code()).isZero();
  }

  @Test
  void textsMayBeAColumnOfATable() throws IOException {
    List<String> lines = new ArrayList<>(List.of("kind;said"));
    for (int i = 0; i < 60; i++) {
      lines.add(i % 2 == 0 ? "a;\"yes; of course\"" : "b;not at all");
    }
    Path table = Files.write(folder.resolve("said.csv"), lines);
    Path out = folder.resolve("of-table");
    assertThat(
            run(
                "train",
                "--data",
                table,
                "--text",
                "said",
                "--label",
                "kind",
                "--epochs",
                "2",
                "--text-network",
                "mean",
                "--hidden",
                "8",
                "--bias",
                "--out",
                out))
        .isEqualTo(new Outcome(0, ""));
    Path predicted = folder.resolve("of-table.csv");
    assertThat(
            run("predict", "--model", out, "--data", table, "--text", "said", "--out", predicted))
        .isEqualTo(new Outcome(0, ""));
    Path explained = folder.resolve("of-table-explained");
    assertThat(
            run(
                "attribute",
                "--model",
                out,
                "--data",
                table,
                "--text",
                "said",
                "--label",
                "kind",
                "--out",
                explained))
        .isEqualTo(new Outcome(0, ""));
    assertThat(Files.readString(explained.resolve("report.html")))
        .contains("Confusions", "row 1: ")
        .doesNotContain("line 1: ");
    assertThat(Files.readString(explained.resolve("texts.csv")))
        .startsWith("row,")
        .contains("\n1,a,");
    assertThat(Files.readString(explained.resolve("words.csv"))).startsWith("row,");
    assertThat(Files.readString(predicted)).startsWith("row,");
    assertError(
        run(
            "attribute",
            "--model",
            out,
            "--data",
            table,
            "--text",
            "said",
            "--label",
            "said",
            "--out",
            folder.resolve("of-other-column")),
        "texts and labels must be different columns");
  }

  @Test
  void saysInOneLineWhatIsWrong() throws IOException {
    Path one = Files.writeString(folder.resolve("one.txt"), "ham\tone\nham\ttwo\n");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "a\tb\nham\t \n");
    Path mixed = folder.resolve("mixed.txt");
    Files.write(mixed, "a\tb\n\u00e9\tc\n".getBytes(StandardCharsets.ISO_8859_1));
    Path out = folder.resolve("none");
    assertError(run("train", "--text", one, "--out", out), "found only \"ham\"");
    assertError(run("train", "--text", empty, "--out", out), "line 2 of");
    assertError(run("train", "--text", mixed, "--out", out), "line 2, byte offset 4 has 0xE9");
    assertError(
        run("train", "--text", texts, "--prior", "mask", "--mask", "zork", "--out", out),
        "\"zork\"");
    assertError(
        run("train", "--text", texts, "--model", model, "--out", out),
        "--model is of no use with texts");
    assertError(
        run("attribute", "--model", model, "--text", texts, "--label", "kind", "--out", out),
        "--label is a column of the table of --data");
    Path vectors = Files.writeString(folder.resolve("vectors.txt"), "how 1 2 3 4\n");
    assertError(
        run("train", "--text", texts, "--vectors", vectors, "--dimension", "5", "--out", out),
        "--dimension must be that of --vectors, 4, found 5");
    assertError(
        run("attribute", "--model", model, "--text", texts, "--method", "eg", "--out", out),
        "give xg, ig");
    assertError(
        run("predict", "--model", model, "--text", texts, "--top", "3", "--out", out),
        "--top is of no use with texts");
    assertError(
        run("evaluate", "--model", model, "--text", texts, "--metrics", "infidelity", "--out", out),
        "found [INFIDELITY] too");
    assertError(
        run("evaluate", "--model", model, "--text", texts, "--label", "kind", "--out", out),
        "--label is a column of the table of --data");
    assertThat(out).doesNotExist();
  }

  @Test
  void labelsOfAnotherModelAreRefusedBeforeTheTextsAreJudged() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      lines.add("zork: zork zork" + " zork".repeat(40));
    }
    Path other = Files.write(folder.resolve("other.txt"), lines);
    var warned = new ByteArrayOutputStream();
    Outcome refused =
        Commands.run(
            Stream.of(
                    "evaluate",
                    "--model",
                    model,
                    "--text",
                    other,
                    "--label-until",
                    ":",
                    "--rows",
                    2,
                    "--out",
                    folder.resolve("other"))
                .map(Object::toString)
                .toList(),
            OutputStream.nullOutputStream(),
            warned);
    assertError(refused, "line 1: label \"zork\" must be one of");
    assertThat(warned.toString(StandardCharsets.UTF_8)).doesNotContain("warning");
  }

  @Test
  void aWordThatVectorsHaveTwiceIsNamed() throws IOException {
    Path vectors = Files.writeString(folder.resolve("twice.txt"), "how 1 2\nwho 1 3\nhow 3 4\n");
    var warned = new ByteArrayOutputStream();
    List<Object> command =
        List.of(
            "train",
            "--text",
            texts,
            "--label-until",
            ":",
            "--vectors",
            vectors,
            "--dimension",
            "5",
            "--out",
            folder.resolve("never"));
    Outcome refused =
        Commands.run(
            command.stream().map(Object::toString).toList(),
            OutputStream.nullOutputStream(),
            warned);
    assertError(refused, "--dimension must be that of --vectors, 2");
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains("warning: twice.txt has more than one vector of 1 word, such as \"how\"");
  }

  /** "10:30" is a word unless it is a class of the model. */
  @Test
  void aFirstWordThatIsNoClassIsText() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.txt"), "10:30 who is that ?\n");
    Path out = folder.resolve("plain.csv");
    assertThat(run("predict", "--model", model, "--text", plain, "--out", out).code()).isZero();
    assertThat(Files.readString(out)).contains(",10:30 who is that ?").doesNotContain("label");
    Path other = Files.writeString(folder.resolve("other.txt"), "C9:x who is that ?\n");
    assertError(
        run(
            "attribute",
            "--model",
            model,
            "--text",
            other,
            "--label-until",
            ":",
            "--out",
            folder.resolve("of-other-classes")),
        "label \"C9\" must be one of C0, C1, C2");
  }

  @Test
  void allTextsMayBeForTraining() throws IOException {
    Path out = folder.resolve("on-all");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(
            run(
                training(out, List.of("--validation", "0", "--test", "0")),
                printed,
                OutputStream.nullOutputStream()))
        .isEqualTo(new Outcome(0, ""));
    assertThat(printed.toString(StandardCharsets.UTF_8)).containsPattern("training +300");
    assertThat(Files.readString(out.resolve("model.json"))).doesNotContain("test accuracy");
    assertError(
        run(training(folder.resolve("no"), List.of("--validation", "0", "--prior", "gini"))),
        "lambda is found on validation rows, found none");
  }

  @Test
  void cutTextsAreToldOf() {
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    assertThat(
            run(
                    training(folder.resolve("cut"), List.of("--max-words", "5")),
                    OutputStream.nullOutputStream(),
                    warned)
                .code())
        .isZero();
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .containsPattern("warning: \\d+ of 300 texts are longer than 5 words");
  }

  /** "Who is it" and "how many are there", of one of ten names or things each. */
  @Test
  void textsWithoutSpacesAreReadByCharacters() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String name = Character.toString(0x5317 + i % 10) + Character.toString(0x4eac + i % 7);
      lines.append(
          i % 2 == 0
              ? "person\t" + name + "\u7684\u670b\u53cb\u662f\u8c01\uff1f\n"
              : "number\t" + name + "\u6709\u591a\u5c11\u4eba\u53e3\uff1f\n");
    }
    Path chinese = Files.writeString(folder.resolve("chinese.txt"), lines);
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    List<String> train = new ArrayList<>(List.of("train", "--text", chinese.toString()));
    train.addAll(List.of("--epochs", "12", "--learning-rate", "0.02", "--dimension", "8"));
    train.addAll(List.of("--filters", "8", "--out"));
    List<String> byWords = new ArrayList<>(train);
    byWords.add(folder.resolve("by-words").toString());
    assertThat(run(byWords, OutputStream.nullOutputStream(), warned).code()).isZero();
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains("warning: 200 of 200 texts have clauses without spaces", "--tokens characters");
    Path model = folder.resolve("by-characters");
    train.addAll(List.of(model.toString(), "--tokens", "characters"));
    warned.reset();
    assertThat(run(train, OutputStream.nullOutputStream(), warned).code()).isZero();
    assertThat(warned.toString(StandardCharsets.UTF_8)).doesNotContain("warning:");
    Path out = folder.resolve("characters");
    assertThat(run("attribute", "--model", model, "--text", chinese, "--out", out).code()).isZero();
    assertThat(rows(out.resolve("words.csv")).stream().skip(1).map(row -> row.get(2)))
        .allMatch(word -> word.length() == 1);
    assertThat(
            rows(out.resolve("texts.csv")).stream().skip(1).filter(r -> r.get(1).equals(r.get(2))))
        .hasSizeGreaterThan(190);
  }

  @Test
  void aListOfMaskedWordsMayBeAFile() throws IOException {
    Path words = Files.writeString(folder.resolve("names.txt"), "who\nBerlin\nnobody-says-this\n");
    ByteArrayOutputStream noted = new ByteArrayOutputStream();
    assertThat(
            run(
                training(
                    folder.resolve("by-list"),
                    List.of("--prior", "mask", "--mask-words", words.toString())),
                OutputStream.nullOutputStream(),
                noted))
        .isEqualTo(new Outcome(0, ""));
    assertThat(noted.toString(StandardCharsets.UTF_8))
        .contains("2 of 3 words are in the vocabulary");
    Path none = folder.resolve("no-list");
    assertError(
        run(training(none, List.of("--prior", "mask", "--mask", "zork,who,zonk"))),
        "found \"zork\", \"zonk\"");
    // The comma is the expression's own.
    assertError(
        run(training(none, List.of("--prior", "mask", "--mask", "/z{1,2}onk/"))),
        "found /z{1,2}onk/, which matches none");
  }

  @Test
  void methodsOfThePaperTakeReferencesFromTheBatch() {
    assertThat(
            run(
                training(
                    folder.resolve("by-eg"),
                    List.of(
                        "--prior",
                        "mask",
                        "--mask",
                        "who",
                        "--method",
                        "eg",
                        "--lambda",
                        "1",
                        "--references",
                        "2"))))
        .isEqualTo(new Outcome(0, ""));
  }

  @Test
  void optionsWithoutUseAreRefused() {
    Path out = folder.resolve("unfit");
    assertError(run(training(out, List.of("--hidden", "8"))), "--hidden is of no use");
    assertError(
        run("train", "--text", texts, "--text-network", "mean", "--filters", "5", "--out", out),
        "--filters is of no use");
    assertError(run(training(out, List.of("--label", "x"))), "--label is a column of the table");
    assertError(
        run(
            "train", "--data", texts, "--text", "t", "--label", "l", "--lines", "tab", "--out",
            out),
        "--lines says where labels of lines stand, and --data gives a table");
    assertError(
        run("predict", "--model", model, "--data", texts, "--out", out),
        "is a model of texts; give a file of them with --text FILE");
  }

  @Test
  void longTextsAndUnknownWordsAreToldOf() throws IOException {
    Path odd = Files.writeString(folder.resolve("odd.txt"), "zug zweig ".repeat(5000) + "\n");
    ByteArrayOutputStream warned = new ByteArrayOutputStream();
    Outcome outcome =
        run(
            List.of(
                "predict",
                "--model",
                model.toString(),
                "--text",
                odd.toString(),
                "--out",
                folder.resolve("odd.csv").toString()),
            OutputStream.nullOutputStream(),
            warned);
    assertThat(outcome).isEqualTo(new Outcome(0, ""));
    assertThat(warned.toString(StandardCharsets.UTF_8))
        .contains("1 of 1 texts are longer than the 7 words")
        .contains("the model knows no word of 1 of 1 texts");
  }

  private static void assertError(Outcome outcome, String message) {
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip()).contains(message).doesNotContain("\n");
  }
}
