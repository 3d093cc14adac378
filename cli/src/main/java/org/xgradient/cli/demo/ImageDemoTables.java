package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.image.DecoyShapes;
import org.xgradient.experiments.decoy.DecoyArm;
import org.xgradient.experiments.decoy.DecoyRun;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** The numbers of the demo on images, for the terminal and for the report. */
final class ImageDemoTables {

  private static final int IMAGE_PIXELS = DecoyShapes.SIDE * DecoyShapes.SIDE;

  private ImageDemoTables() {}

  /** How well each arm does with and without the cue. */
  static ReportTable accuracies(ImageDemoResult result) {
    var builder =
        ReportTable.titled("Test accuracy, %s".formatted(repetitions(result)))
            .text("training")
            .number("cue of the class", "misleading cue", "no cue", "contrast 0.3", "contrast 0.1");
    for (DecoyArm arm : result.arms()) {
      builder.row(
          result.name(arm),
          text(result, arm, run -> run.accuracy().aligned()),
          text(result, arm, ImageDemoTables::misled),
          text(result, arm, ImageDemoTables::clean),
          text(result, arm, run -> run.accuracy().cleanAtThirdContrast()),
          text(result, arm, run -> run.accuracy().cleanAtTenthContrast()));
    }
    return builder
        .footnote("Misleading cue: that of a class drawn at random, right one time in six.")
        .footnote("Contrast: images without a cue, all values times 0.3 or 0.1.")
        .build();
  }

  /** Where the attribution of each arm falls. */
  static ReportTable shares(ImageDemoResult result) {
    var builder =
        ReportTable.titled("Share of the attribution, %s".formatted(repetitions(result)))
            .text("training")
            .number("on the cue: label's logit", "on the cue: other logits", "on the shape");
    for (DecoyArm arm : result.arms()) {
      builder.row(
          result.name(arm),
          text(result, arm, ImageDemoTables::labelOnCue),
          text(result, arm, ImageDemoTables::othersOnCue),
          text(result, arm, run -> run.attribution().labelOnObject()));
    }
    return builder
        .footnote(
            "Share of the sum of absolute attributions on test images with the cue of their class;"
                + " by X-Gradient, with biases by IG(32). The cue covers %s of the pixels."
                    .formatted(Numbers.percent(cuePixels() / IMAGE_PIXELS)))
        .footnote("Other logits: for each image that of one other class, in turn.")
        .build();
  }

  static double cuePixels() {
    double pixels = 0;
    for (float value : DecoyShapes.decoyMask().values()) {
      pixels += value;
    }
    return pixels;
  }

  /** What the numbers say, each sentence computed from them. */
  static ImmutableList<String> findings(ImageDemoResult result) {
    return ImmutableList.of(
        "Without a cue the unregularized X-network is right in %s of the cases, with the prior in %s; %s."
            .formatted(
                percent(result, DecoyArm.UNREGULARIZED, ImageDemoTables::clean),
                percent(result, DecoyArm.MIXED, ImageDemoTables::clean),
                change(
                    result.difference(
                        DecoyArm.MIXED, DecoyArm.UNREGULARIZED, ImageDemoTables::clean),
                    "the prior gains",
                    "the prior loses")),
        "Of the attribution of the label's logit %s falls on the cue, with the prior %s; %s."
            .formatted(
                percent(result, DecoyArm.UNREGULARIZED, ImageDemoTables::labelOnCue),
                percent(result, DecoyArm.MIXED, ImageDemoTables::labelOnCue),
                change(
                    result.difference(
                        DecoyArm.MIXED, DecoyArm.UNREGULARIZED, ImageDemoTables::labelOnCue),
                    "the prior adds",
                    "the prior takes away")),
        targetOnCue(result),
        targetAccuracy(result),
        "From full contrast to a tenth, the corrected X-network changes its accuracy by %s, the corrected network with biases by %s."
            .formatted(
                atTenthContrast(result, DecoyArm.MIXED),
                atTenthContrast(result, DecoyArm.EXPECTED_GRADIENTS)));
  }

  /** What a prior on one logit leaves to the others. */
  static String targetOnCue(ImageDemoResult result) {
    return "With the prior on the label's logit alone, of ten times the weight, the other logits have %s of their attribution on the cue, with the mix of all logits %s; %s."
        .formatted(
            percent(result, DecoyArm.LABEL_ONLY, ImageDemoTables::othersOnCue),
            percent(result, DecoyArm.MIXED, ImageDemoTables::othersOnCue),
            change(
                result.difference(
                    DecoyArm.LABEL_ONLY, DecoyArm.MIXED, ImageDemoTables::othersOnCue),
                "the label alone leaves more by",
                "the label alone leaves less by"));
  }

  /** What it means for decisions. */
  static String targetAccuracy(ImageDemoResult result) {
    return "Under a misleading cue the network is right in %s of the cases with the prior on the label's logit, in %s with that on the mix; %s."
        .formatted(
            percent(result, DecoyArm.LABEL_ONLY, ImageDemoTables::misled),
            percent(result, DecoyArm.MIXED, ImageDemoTables::misled),
            change(
                result.difference(DecoyArm.MIXED, DecoyArm.LABEL_ONLY, ImageDemoTables::misled),
                "the mix is better by",
                "the mix is worse by"));
  }

  /** Says in words what an interval of a difference of shares says. */
  private static String change(ConfidenceInterval difference, String more, String less) {
    double middle = (difference.lower() + difference.upper()) / 2;
    if (difference.contains(0)) {
      return "no clear difference " + interval(difference.lower(), difference.upper());
    }
    return middle > 0
        ? "%s %s %s"
            .formatted(
                more, Numbers.percent(middle), interval(difference.lower(), difference.upper()))
        : "%s %s %s"
            .formatted(
                less, Numbers.percent(-middle), interval(-difference.upper(), -difference.lower()));
  }

  private static String interval(double lower, double upper) {
    return "(95 %% interval from %s to %s)"
        .formatted(Numbers.percent(lower), Numbers.percent(upper));
  }

  static double clean(DecoyRun run) {
    return run.accuracy().clean();
  }

  static double labelOnCue(DecoyRun run) {
    return run.attribution().labelOnCue();
  }

  static double othersOnCue(DecoyRun run) {
    return run.attribution().othersOnCue();
  }

  private static double misled(DecoyRun run) {
    return run.accuracy().random();
  }

  private static String atTenthContrast(ImageDemoResult result, DecoyArm arm) {
    return Numbers.meanAndError(
        result.mean(arm, run -> run.accuracy().cleanAtTenthContrast() - run.accuracy().clean()));
  }

  private static String percent(
      ImageDemoResult result, DecoyArm arm, ToDoubleFunction<DecoyRun> value) {
    return Numbers.percent(result.mean(arm, value).mean());
  }

  private static String text(
      ImageDemoResult result, DecoyArm arm, ToDoubleFunction<DecoyRun> value) {
    return Numbers.meanAndError(result.mean(arm, value));
  }

  private static String repetitions(ImageDemoResult result) {
    return "mean ± standard error of %d repetitions"
        .formatted(result.runs().get(result.arms().get(0)).size());
  }
}
