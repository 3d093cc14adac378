package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.mortality.SyntheticMortality;
import org.xgradient.experiments.sparsity.Arm;
import org.xgradient.experiments.sparsity.StepCost;
import org.xgradient.experiments.sparsity.StudyRun;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Category;
import org.xgradient.report.chart.ContributionChart;
import org.xgradient.report.chart.LineChart;
import org.xgradient.report.chart.PointChart;
import org.xgradient.report.chart.Series;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.EpochRecord;

/** The page that the demo writes, for a reader who knows nothing of the method. */
final class DemoReport {

  private static final int FEATURES_SHOWN = 15;

  private static final String IMPORTANCE =
      "Share of all attribution, mean over the repetitions with its standard error. Names with a"
          + " star are those that truly matter.";

  private DemoReport() {}

  static HtmlPage of(DemoResult result, Stopwatches times, Path model) {
    HtmlPage page =
        HtmlPage.titled("A model that was corrected and explains itself")
            .lead(
                "A neural network was trained to predict who is alive ten years after a medical"
                    + " examination, from 118 measurements of few people. They were invented, so that"
                    + " it is known what matters. Left alone, such a network learns from chance. Here"
                    + " it was kept from spreading its attention, and every prediction is broken down"
                    + " into what each measurement adds.")
            .keyFigures(keyFigures(result));
    page.section("What was found").bullets(DemoTables.findings(result));
    accuracy(page, result);
    importance(page, result);
    rows(page, result);
    masking(page, result);
    curves(page, result);
    cost(page, result, times);
    how(page, result, model);
    return page;
  }

  private static Map<String, String> keyFigures(DemoResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "test ROC-AUC, unregularized X-DNN",
        Numbers.meanAndError(auc(result, DemoArms.HOMOGENEOUS)));
    figures.put(
        "test ROC-AUC, with the prior", Numbers.meanAndError(auc(result, DemoArms.X_GRADIENT)));
    figures.put("gradients for an exact explanation", "1 instead of 128");
    return figures;
  }

  private static SampleMean auc(DemoResult result, Arm arm) {
    return SampleMean.of(result.runs().get(arm), StudyRun::testAuc);
  }

  private static void accuracy(HtmlPage page, DemoResult result) {
    List<Category> categories = new ArrayList<>();
    for (Arm arm : result.arms()) {
      categories.add(Category.of(arm.name(), Estimate.of(auc(result, arm))));
    }
    page.section("How well the networks predict")
        .paragraph(
            "The ROC-AUC is the chance that the network ranks a person who lived above one who"
                + " died: 0.5 is guessing, 1 is perfect. It was measured on people that no network"
                + " was trained on. An X-DNN is a network without bias terms; that makes an exact"
                + " explanation as cheap as one backward pass. The prior rewards networks whose"
                + " explanations concentrate on few measurements.")
        .figure(
            PointChart.of("Test ROC-AUC", Axis.linear("test ROC-AUC"), categories),
            "Mean over the repetitions with its standard error.")
        .table(DemoTables.arms(result));
  }

  private static void importance(HtmlPage page, DemoResult result) {
    page.section("What the networks rely on")
        .paragraph(
            ("The mean absolute attribution of a measurement says how much of the predictions it"
                    + " makes up, over people and repetitions. The table was generated, so we know"
                    + " what truly matters: %s.")
                .formatted(String.join(", ", SyntheticMortality.TRUE_FEATURES)))
        .figure(importanceChart(result, DemoArms.X_GRADIENT, "With the prior (c)"), IMPORTANCE)
        .figure(importanceChart(result, DemoArms.HOMOGENEOUS, "Without (b)"), IMPORTANCE)
        .paragraph(
            "Share of the attribution on the measurements that truly matter: %s with the prior, %s"
                    .formatted(
                        trueShare(result, DemoArms.X_GRADIENT),
                        trueShare(result, DemoArms.HOMOGENEOUS))
                + " without.");
  }

  private static BarChart importanceChart(DemoResult result, Arm arm, String title) {
    List<StudyRun> runs = result.runs().get(arm);
    List<Category> categories = new ArrayList<>();
    for (int i = 0; i < result.features().size(); i++) {
      int feature = i;
      String name = result.features().get(i);
      Estimate share = Estimate.of(SampleMean.of(runs, run -> share(run, feature)));
      String star = SyntheticMortality.TRUE_FEATURES.contains(name) ? " *" : "";
      categories.add(Category.of(name + star, share));
    }
    return BarChart.of(title, Axis.linear("share of all attribution"), categories)
        .largest(FEATURES_SHOWN);
  }

  private static double share(StudyRun run, int feature) {
    double sum = run.importance().stream().sum();
    return sum == 0 ? 0 : run.importance().get(feature) / sum;
  }

  private static String trueShare(DemoResult result, Arm arm) {
    ToDoubleFunction<StudyRun> share =
        run ->
            SyntheticMortality.TRUE_FEATURES.stream()
                .mapToDouble(name -> share(run, result.features().indexOf(name)))
                .sum();
    return Numbers.meanAndError(SampleMean.of(result.runs().get(arm), share));
  }

  private static void rows(HtmlPage page, DemoResult result) {
    page.section("Three predictions, broken down")
        .paragraph(
            "Each chart starts at the output for the average person and ends at the prediction."
                + " The bars between add up to the difference exactly. To the right speaks for"
                + " being alive after ten years, to the left against. These come from the exported"
                + " model, which was given the raw rows.");
    for (ContributionChart explanation : result.explanations()) {
      page.figure(explanation, "Log-odds of 0 are even odds; 2 is 88 %, -2 is 12 %.");
    }
  }

  private static void masking(HtmlPage page, DemoResult result) {
    page.section("Do the explanations name what matters?")
        .paragraph(
            "Only the measurements that an explanation says speak most for being alive are left to"
                + " the model; all others become the average. If the explanation is right, the"
                + " output stays high.")
        .table(DemoTables.masking(result));
  }

  private static void curves(HtmlPage page, DemoResult result) {
    List<Series> series = new ArrayList<>();
    for (Arm arm : result.arms()) {
      series.add(curve(arm.name(), result.runs().get(arm)));
    }
    page.section("Learning curves")
        .paragraph(
            "The networks are judged on validation data before each epoch, and the best epoch is"
                + " kept. Without the prior they soon know the training rows by heart.")
        .figure(
            LineChart.of(
                "Validation ROC-AUC",
                Axis.linear("epoch"),
                Axis.linear("validation ROC-AUC"),
                series),
            "Mean over the repetitions; the band is one standard error to either side.");
  }

  private static Series curve(String name, List<StudyRun> runs) {
    int epochs = runs.get(0).training().history().size();
    double[] x = new double[epochs];
    double[] y = new double[epochs];
    double[] low = new double[epochs];
    double[] high = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int index = epoch;
      SampleMean mean =
          SampleMean.of(
              runs,
              run -> {
                EpochRecord record = run.training().history().get(index);
                return record.metric().orElse(Double.NaN);
              });
      x[epoch] = epoch;
      y[epoch] = mean.mean();
      low[epoch] = mean.mean() - mean.error();
      high[epoch] = mean.mean() + mean.error();
    }
    return Series.of(name, x, y).withBand(low, high);
  }

  private static void cost(HtmlPage page, DemoResult result, Stopwatches times) {
    List<Category> categories = new ArrayList<>();
    for (StepCost cost : result.costs()) {
      categories.add(
          Category.of(
              cost.arm().name(),
              Estimate.within(cost.ratio(), cost.lowestRatio(), cost.highestRatio())));
    }
    ImmutableMap.Builder<String, String> stages = ImmutableMap.builder();
    times.stages().forEach((stage, time) -> stages.put(stage, Numbers.duration(time)));
    page.section("What it costs")
        .figure(
            BarChart.of("Cost of a training step", Axis.linear("times that of (a)"), categories),
            "Median over interleaved rounds; the line reaches from the lowest to the highest"
                + " round.")
        .table(DemoTables.agreement(result))
        .subsection("Where the time of this demo went")
        .definitions(stages.buildOrThrow());
  }

  private static void how(HtmlPage page, DemoResult result, Path model) {
    page.section("What was done, and with what")
        .paragraph(
            "Everything below can be run again and gives the same numbers on the same machine,"
                + " but for times.")
        .definitions(result.provenance().facts())
        .subsection("Use the model")
        .paragraph("The exported model takes raw rows of a CSV file with the same columns:")
        .code(
            "xgradient predict --model %s --data FILE.csv --out predictions.csv\n".formatted(model)
                + "xgradient attribute --model %s --data FILE.csv --out attributions.csv"
                    .formatted(model));
  }
}
