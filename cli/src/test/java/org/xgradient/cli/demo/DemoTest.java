package org.xgradient.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.sparsity.StudyOptions;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.report.chart.Contribution;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.TextTable;
import org.xml.sax.InputSource;

/** The demo on few rows with small networks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

  private DemoResult result;
  private final Stopwatches times = new Stopwatches();

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    try (ProgressReporter progress = ProgressReporter.silent()) {
      result =
          new Demo(
                  SyntheticMortality.withDefaults().withRows(800),
                  2,
                  StudyOptions.withDefaults().withHidden(16, 8).withEpochs(10),
                  progress,
                  times)
              .run(folder.resolve("model"));
    }
  }

  @Test
  void trainsEveryArmOnEveryRepetition() {
    assertThat(result.arms()).containsExactlyElementsOf(DemoArms.ALL);
    assertThat(result.runs().asMap().values()).allMatch(runs -> runs.size() == 2);
    assertThat(TextTable.plain(DemoTables.arms(result)))
        .contains("test ROC-AUC", "difference to (b)", "(d) regular + prior on EG(1)");
    assertThat(times.stages().keySet())
        .containsExactly(
            "data",
            "training",
            "graph building",
            "training cost",
            "attribution",
            "export",
            "metrics");
  }

  @Test
  void oneGradientIsExactOnTheHomogeneousNetworkOnly() {
    // Rounding in float against a difference of functions.
    assertThat(result.homogeneous().relativeDifference()).isLessThan(1e-5);
    assertThat(result.regular().relativeDifference()).isGreaterThan(1e-3);
  }

  @Test
  void explanationsAddUpFromTheBaselineToThePrediction() {
    assertThat(result.explanations()).hasSize(3);
    for (ContributionChart chart : result.explanations()) {
      double sum =
          chart.start() + chart.contributions().stream().mapToDouble(Contribution::amount).sum();
      assertThat(sum).isCloseTo(chart.end(), within(1e-4));
    }
  }

  @Test
  void explanationsByXGradientAndIntegratedGradientsBeatChanceAlike() {
    MaskingCurve fast = kpm(MethodComparison.X_GRADIENT);
    MaskingCurve integrated = kpm(MethodComparison.INTEGRATED);
    // They differ by rounding, which can swap features that count almost alike.
    assertThat(fast.auc()).isCloseTo(integrated.auc(), within(1e-3 * Math.abs(fast.auc())));
    PairedDifference lead = fast.improvementOver(kpm(MethodComparison.RANDOM));
    assertThat(lead.lowerBound(0.999)).isPositive();
    assertThat(TextTable.plain(DemoTables.masking(result))).contains("X-Gradient", "IG(128)");
    assertThat(DemoTables.maskingLine(result)).startsWith("KPM").contains("Random");
  }

  private MaskingCurve kpm(String method) {
    return result.masking().curve(method, MaskingMetric.KPM);
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws Exception {
    String html = DemoReport.of(result, times, Path.of("model")).html();
    String body = html.substring(html.indexOf("<html"));
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));
    var xpath = XPathFactory.newInstance().newXPath();
    assertThat(xpath.evaluate("count(//*[@src and not(starts-with(@src, 'data:'))])", page))
        .isEqualTo("0");
    assertThat(Double.parseDouble(xpath.evaluate("count(//*[local-name()='svg'])", page)))
        .isGreaterThanOrEqualTo(8);
    assertThat(html).contains(result.provenance().facts().get("data SHA-256"));
  }

  @Test
  void findingsFollowTheNumbers() {
    assertThat(DemoTables.findings(result)).hasSize(4);
    double gain =
        SampleMean.ofDifferences(
                result.runs().get(DemoArms.X_GRADIENT),
                result.runs().get(DemoArms.HOMOGENEOUS),
                run -> run.testAuc())
            .mean();
    assertThat(DemoTables.findings(result).get(0))
        .contains(Numbers.meanAndError(gain, 0).substring(0, 4));
  }
}
