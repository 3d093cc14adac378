package org.xgradient.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.w3c.dom.Document;
import org.xgradient.experiments.decoy.DecoyArm;
import org.xgradient.experiments.decoy.DecoyOptions;
import org.xgradient.experiments.decoy.DecoyRun;
import org.xgradient.experiments.image.ImageTrainingPlan;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.TextTable;
import org.xml.sax.InputSource;

/** The demo on images with few of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageDemoTest {

  private ImageDemoResult result;

  @BeforeAll
  void run() throws IOException {
    var options =
        DecoyOptions.withDefaults()
            .withImages(64, 60)
            .withTraining(ImageTrainingPlan.withDefaults().withEpochs(2));
    try (ProgressReporter progress = ProgressReporter.silent()) {
      result = ImageDemoResult.of(options, 2, progress, new Stopwatches());
    }
  }

  @Test
  void trainsEveryArmOnEveryRepetition() {
    assertThat(result.arms()).containsExactlyElementsOf(DecoyArm.ALL);
    assertThat(result.runs().asMap().values()).allMatch(runs -> runs.size() == 2);
    assertThat(TextTable.plain(ImageDemoTables.accuracies(result)))
        .contains("(a) X-network, no prior", "misleading cue", "contrast 0.1");
    assertThat(TextTable.plain(ImageDemoTables.shares(result))).contains("1.6 % of the pixels");
  }

  @Test
  void sentencesTurnWithTheNumbers() {
    String repaired =
        ImageDemoTables.findings(
                withCleanAccuracies(Map.of(DecoyArm.UNREGULARIZED, 0.4, DecoyArm.MIXED, 0.9)))
            .get(0);
    assertThat(repaired)
        .isEqualTo(
            "Without a cue the unregularized X-network is right in 40.0 % of the cases, with the"
                + " prior in 90.0 %; the prior gains 50.0 % (95 % interval from 48.7 % to 51.3 %).");
    String broken =
        ImageDemoTables.findings(
                withCleanAccuracies(Map.of(DecoyArm.UNREGULARIZED, 0.9, DecoyArm.MIXED, 0.4)))
            .get(0);
    assertThat(broken).contains("the prior loses 50.0 % (95 % interval from 48.7 % to 51.3 %).");
    String same =
        ImageDemoTables.findings(
                withCleanAccuracies(Map.of(DecoyArm.UNREGULARIZED, 0.9, DecoyArm.MIXED, 0.9)))
            .get(0);
    assertThat(same).contains("no clear difference (95 % interval from -1.3 % to 1.3 %).");
  }

  /** The accuracy of an arm in its two repetitions differs by 0.002 from that of the others. */
  private ImageDemoResult withCleanAccuracies(Map<DecoyArm, Double> means) {
    ImmutableListMultimap.Builder<DecoyArm, DecoyRun> runs = ImmutableListMultimap.builder();
    for (DecoyRun run : result.runs().values()) {
      Double mean = means.get(run.arm());
      if (mean == null) {
        runs.put(run.arm(), run);
        continue;
      }
      double sign = run.arm().equals(DecoyArm.MIXED) ? 1e-3 : 0;
      double clean = mean + (run.repetition() == 0 ? sign : -sign);
      Function<DecoyRun.Accuracies, DecoyRun.Accuracies> change =
          old -> new DecoyRun.Accuracies(old.aligned(), old.random(), clean, clean, clean);
      runs.put(
          run.arm(),
          new DecoyRun(
              run.arm(),
              run.repetition(),
              change.apply(run.accuracy()),
              run.attribution(),
              run.examples(),
              run.training()));
    }
    return new ImageDemoResult(runs.build(), result.provenance());
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws Exception {
    String html = ImageDemoReport.of(result).html();
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html.substring(html.indexOf("<html")))));
    var xpath = XPathFactory.newInstance().newXPath();
    assertThat(xpath.evaluate("count(//*[@src and not(starts-with(@src, 'data:'))])", page))
        .isEqualTo("0");
    // Six images, each with four heat maps.
    assertThat(xpath.evaluate("count(//*[local-name()='img'])", page)).isEqualTo("30");
    // Three charts, each in a form for screens and one for phones.
    assertThat(xpath.evaluate("count(//*[local-name()='svg'])", page)).isEqualTo("6");
    assertThat(html).contains("misleading cue", "predicted ");
  }
}
