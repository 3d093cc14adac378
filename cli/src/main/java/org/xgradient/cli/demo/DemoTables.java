package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.SampleMean;
import org.xgradient.experiments.sparsity.Arm;
import org.xgradient.experiments.sparsity.MethodAgreement;
import org.xgradient.experiments.sparsity.StepCost;
import org.xgradient.experiments.sparsity.StudyRun;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.PairedDifference;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** The numbers of the demo, for the terminal and for the report. */
final class DemoTables {

  private DemoTables() {}

  /** How well each arm predicts, how sparse it is, and what it costs. */
  static ReportTable arms(DemoResult result) {
    var builder =
        ReportTable.titled(
                "%d repetitions: mean ± standard error"
                    .formatted(result.runs().get(result.arms().get(0)).size()))
            .text("training")
            .number("test ROC-AUC", "difference to (b)", "sparsity (Gini)", "cost of a step");
    List<StudyRun> plain = result.runs().get(DemoArms.HOMOGENEOUS);
    for (int i = 0; i < result.arms().size(); i++) {
      Arm arm = result.arms().get(i);
      List<StudyRun> runs = result.runs().get(arm);
      builder.row(
          arm.name(),
          Numbers.meanAndError(SampleMean.of(runs, StudyRun::testAuc)),
          arm.equals(DemoArms.HOMOGENEOUS)
              ? "-"
              : Numbers.meanAndError(SampleMean.ofDifferences(runs, plain, StudyRun::testAuc)),
          Numbers.meanAndError(SampleMean.of(runs, StudyRun::sparsity)),
          Numbers.ratio(result.costs().get(i).ratio()));
    }
    return builder
        .footnote("Differences are taken repetition by repetition: same rows, same seed.")
        .footnote(
            "Sparsity: the Gini coefficient of the mean absolute attributions of the features on"
                + " test rows; 0 is evenly spread, 1 is all on one feature.")
        .footnote(
            "Cost: time of a training step over that of (a), %s; median of interleaved rounds."
                .formatted(seconds(result.costs().get(0).seconds())))
        .build();
  }

  /** How far one gradient agrees with 128 steps of Integrated Gradients. */
  static ReportTable agreement(DemoResult result) {
    return ReportTable.titled(
            "One gradient against Integrated Gradients with 128 steps, on %d test rows"
                .formatted(result.agreementRows()))
        .text("network")
        .number("relative difference", "largest gap, 1 gradient", "largest gap, IG(128)")
        .number("1 gradient", "IG(128)", "ratio")
        .row(agreementRow("X-DNN (c): X-Gradient", result.homogeneous()))
        .row(agreementRow("regular (a): input x gradient", result.regular()))
        .footnote("Relative difference: mean |IG - A| over mean |IG|.")
        .footnote(
            "Gap: how far the attributions of a row are from adding up to the change of the output"
                + " since the baseline.")
        .build();
  }

  private static ImmutableList<String> agreementRow(String name, MethodAgreement agreement) {
    return ImmutableList.of(
        name,
        Numbers.significant(agreement.relativeDifference(), 2),
        Numbers.significant(largestGap(agreement.fast(), agreement.integrated()), 2),
        Numbers.significant(largestGap(agreement.integrated(), agreement.integrated()), 2),
        seconds(agreement.fastSeconds()),
        seconds(agreement.integratedSeconds()),
        Numbers.ratio(agreement.integratedSeconds() / agreement.fastSeconds()));
  }

  /** Input times gradient knows no baseline; it is held to that of Integrated Gradients. */
  private static double largestGap(Attributions attributions, Attributions complete) {
    Attributions judged =
        new Attributions(
            attributions.values(),
            attributions.logits(),
            attributions.explained(),
            complete.baselineOutput());
    float[] gaps = judged.completenessGap().orElseThrow().values();
    return Math.max(Floats.max(gaps), -Floats.min(gaps));
  }

  /** How much of the output is left when only what an explanation names stays. */
  static ReportTable masking(DemoResult result) {
    var builder =
        ReportTable.titled(
                "KPM on %d test rows, exported model"
                    .formatted(result.masking().curves().get(0).images()))
            .text("method")
            .number("KPM", "X-Gradient is better by");
    for (MaskingCurve curve : result.masking().curves()) {
      builder.row(curve.method(), kpm(curve), lead(result, curve));
    }
    return builder
        .footnote(
            "KPM: area under the log-odds as a function of the fraction of measurements that stay,"
                + " those that speak most for being alive first; the others become the mean. Higher"
                + " is better.")
        .footnote("±: half the width of the 95 % interval; differences are taken row by row.")
        .build();
  }

  private static String kpm(MaskingCurve curve) {
    ConfidenceInterval interval = curve.aucInterval(Bootstrap.withDefaults());
    return Numbers.meanAndError(curve.auc(), (interval.upper() - interval.lower()) / 2);
  }

  private static String lead(DemoResult result, MaskingCurve curve) {
    if (curve.method().equals(MethodComparison.X_GRADIENT)) {
      return "-";
    }
    PairedDifference lead =
        result
            .masking()
            .improvement(MethodComparison.X_GRADIENT, curve.method(), MaskingMetric.KPM);
    ConfidenceInterval interval = lead.interval(Bootstrap.withDefaults().confidence());
    return Numbers.meanAndError(lead.mean(), (interval.upper() - interval.lower()) / 2);
  }

  /** The same in one line. */
  static String maskingLine(DemoResult result) {
    return result.masking().curves().stream()
        .map(curve -> curve.method() + " " + kpm(curve))
        .collect(Collectors.joining(", ", "KPM (higher is better): ", "."));
  }

  /** What the numbers say, each sentence computed from them. */
  static ImmutableList<String> findings(DemoResult result) {
    List<StudyRun> plain = result.runs().get(DemoArms.HOMOGENEOUS);
    List<StudyRun> xGradient = result.runs().get(DemoArms.X_GRADIENT);
    List<StudyRun> expected = result.runs().get(DemoArms.EXPECTED_GRADIENTS);
    SampleMean gain = SampleMean.ofDifferences(xGradient, plain, StudyRun::testAuc);
    SampleMean lead = SampleMean.ofDifferences(expected, xGradient, StudyRun::testAuc);
    StepCost xCost = cost(result, DemoArms.X_GRADIENT);
    StepCost expectedCost = cost(result, DemoArms.EXPECTED_GRADIENTS);
    return ImmutableList.of(
        "The prior on X-Gradient changes the test ROC-AUC of the X-DNN by %s, which is %s."
            .formatted(
                Numbers.meanAndError(gain),
                gain.isClearlyPositive()
                    ? "more than two standard errors above zero"
                    : "not clearly above zero"),
        "EG(1) on the regular network is %s X-Gradient in test ROC-AUC by %s (%s); a step with it"
                .formatted(
                    lead.mean() > 0 ? "ahead of" : "behind",
                    Numbers.meanAndError(Math.abs(lead.mean()), lead.error()),
                    Math.abs(lead.mean()) > 2 * lead.error()
                        ? "more than two standard errors"
                        : "within two standard errors")
            + " costs %s one with X-Gradient, and its model needs 128 gradients for an attribution"
                .formatted(Numbers.ratio(expectedCost.ratio() / xCost.ratio()))
            + " that adds up, where the X-DNN needs one.",
        "On the X-DNN, X-Gradient agrees with IG(128) to a relative difference of %s, for 1/%s of"
                .formatted(
                    Numbers.significant(result.homogeneous().relativeDifference(), 2),
                    Numbers.fixed(
                        result.homogeneous().integratedSeconds()
                            / result.homogeneous().fastSeconds(),
                        0))
            + " its time; on the regular network the same product is off by %s."
                .formatted(Numbers.significant(result.regular().relativeDifference(), 2)),
        "Exported: %s, repetition %d, the X-DNN with the best validation ROC-AUC (%s)."
            .formatted(
                result.exported().arm().name(),
                result.exported().repetition() + 1,
                Numbers.significant(result.exported().validationAuc(), 3)));
  }

  private static StepCost cost(DemoResult result, Arm arm) {
    return result.costs().stream().filter(cost -> cost.arm().equals(arm)).findFirst().orElseThrow();
  }

  private static String seconds(double seconds) {
    return Numbers.duration(Duration.ofNanos((long) (1e9 * seconds)));
  }
}
