package org.xgradient.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xgradient.cli.Commands;
import org.xgradient.cli.Commands.Outcome;
import org.xml.sax.SAXException;

/** The page that {@code train} writes beside the model of a table. */
class TrainingPageTest {

  @TempDir private Path folder;
  private Path table;
  private Path model;
  private Path page;

  @BeforeEach
  void writeTable() throws IOException {
    table = Commands.writeTable(folder);
    model = folder.resolve("model.v1");
    page = folder.resolve("model.v1.html");
  }

  @Test
  void twoClassesWithAPriorThatMasks() throws IOException {
    train("sick", "score,grade", "--prior", "mask", "--mask", "town");
    String html = page();
    assertThat(html)
        .contains("What was learned: sick", "ROC-AUC on the test rows", "Calibration")
        .contains("Confusion of classes, test rows", "Loss on the training rows", "epoch taken")
        .contains("What the prior did, on the test rows", "decisions changed, %")
        .contains("Which columns matter", "What the cells add, row by row", "What x adds")
        .contains("By town", "both classes have the probability one half")
        .contains("<dt><bdi>data SHA-256</bdi></dt>")
        .contains("\"kept\":[{\"", "\"model\":{");
  }

  @Test
  void severalClassesAndBiases() throws IOException {
    train("grade", "score,sick", "--bias", "--groups", "noise");
    assertThat(page())
        .contains("accuracy on the test rows", "Confusion of classes", "the predicted class")
        .contains("By noise", "The network has biases")
        .doesNotContain("By town");
  }

  @Test
  void aNumber() throws IOException {
    train("score", "sick,grade");
    assertThat(page())
        .contains(
            "R² on the test rows", "Actual against predicted", "Residuals in the unit of score")
        .contains("the mean of the training labels")
        .doesNotContain("Calibration", "Confusion");
  }

  @Test
  void withoutRowsToJudgeBy() throws IOException {
    train("sick", "score,grade", "--validation", "0", "--test", "0");
    assertThat(page())
        .contains("ROC-AUC on the training rows")
        .contains("It was judged by the rows it learned from");
  }

  @Test
  void aGroupThatIsNoColumnIsRefusedBeforeTheWork() {
    Outcome outcome = Commands.run(arguments("sick", "score,grade", "--groups", "village"));
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error())
        .contains("--groups must name columns that the model reads, found \"village\"");
    assertThat(model).doesNotExist();
  }

  @Test
  void thePageIsLeftOutIfAsked() {
    train("sick", "score,grade", "--no-report");
    assertThat(model).isDirectory();
    assertThat(page).doesNotExist();
  }

  @Test
  void nothingElseIsReplaced() throws IOException {
    Files.writeString(page, "mine");
    Outcome outcome = Commands.run(arguments("sick", "score,grade"));
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error()).contains("is no page of xgradient and is not replaced");
    assertThat(page).hasContent("mine");
    assertThat(model).as("said before the work").doesNotExist();
  }

  /** The page, which must be well-formed. */
  private String page() throws IOException {
    String html = Files.readString(page);
    try {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(page.toFile());
      assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(html, e);
    }
    return html;
  }

  private void train(String label, String dropped, String... more) {
    assertThat(Commands.run(arguments(label, dropped, more)).error()).isEmpty();
  }

  private List<String> arguments(String label, String dropped, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--data", table.toString(), "--label", label, "--drop", dropped));
    arguments.addAll(List.of("--out", model.toString(), "--hidden", "16,8", "--epochs", "6"));
    arguments.addAll(List.of(more));
    return arguments;
  }
}
