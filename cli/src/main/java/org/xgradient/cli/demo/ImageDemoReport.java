package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.data.FloatArray;
import org.xgradient.experiments.decoy.DecoyArm;
import org.xgradient.experiments.decoy.DecoyRun;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.ImageGrid;
import org.xgradient.report.PngImage;
import org.xgradient.report.chart.Axis;
import org.xgradient.report.chart.BarChart;
import org.xgradient.report.chart.Category;
import org.xgradient.report.text.Estimate;
import org.xgradient.report.text.Numbers;

/** The page that the demo on images writes, for a reader who knows nothing of the method. */
final class ImageDemoReport {

  private static final ImmutableList<String> CLASSES =
      ImmutableList.of("disc", "square", "triangle", "plus", "ring", "bar");

  private static final ImmutableList<DecoyArm> SHOWN =
      ImmutableList.of(
          DecoyArm.UNREGULARIZED, DecoyArm.MIXED, DecoyArm.LABEL_ONLY, DecoyArm.WITHOUT_CUE);

  private ImageDemoReport() {}

  static HtmlPage of(ImageDemoResult result) {
    HtmlPage page =
        HtmlPage.titled("Networks that looked at the wrong thing, and were corrected")
            .lead(
                "Small networks were trained to tell six shapes apart. In every training image a"
                    + " small patch in the top left corner has the colour of the class: a cue that"
                    + " is easier to learn than shapes, and worthless anywhere else. An attribution"
                    + " prior tells the training that the patch must not matter.")
            .keyFigures(keyFigures(result));
    page.section("What was found").bullets(ImageDemoTables.findings(result));
    heatMaps(page, result);
    accuracy(page, result);
    shares(page, result);
    target(page, result);
    contrast(page, result);
    page.section("What was done, and with what")
        .paragraph(
            "Everything here can be run again and gives the same numbers on the same machine.")
        .definitions(result.provenance().facts());
    return page;
  }

  private static Map<String, String> keyFigures(ImageDemoResult result) {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(
        "accuracy without the cue, no prior",
        Numbers.meanAndError(result.mean(DecoyArm.UNREGULARIZED, ImageDemoTables::clean)));
    figures.put(
        "accuracy without the cue, with the prior",
        Numbers.meanAndError(result.mean(DecoyArm.MIXED, ImageDemoTables::clean)));
    figures.put(
        "share of the attribution on the cue",
        "%s → %s".formatted(share(result, DecoyArm.UNREGULARIZED), share(result, DecoyArm.MIXED)));
    return figures;
  }

  private static String share(ImageDemoResult result, DecoyArm arm) {
    return Numbers.percent(result.mean(arm, ImageDemoTables::labelOnCue).mean());
  }

  private static void heatMaps(HtmlPage page, ImageDemoResult result) {
    List<String> columns = new ArrayList<>(List.of("image"));
    SHOWN.forEach(arm -> columns.add(result.name(arm)));
    var grid = ImageGrid.withColumns(columns.toArray(String[]::new));
    for (int i = 0; i < CLASSES.size(); i++) {
      grid.row(label(result, i), pictures(result, i));
    }
    page.section("Where they look")
        .paragraph(
            "Six test images with the cue of another class. What speaks for the class that a network"
                + " decided on is drawn over the image.")
        .images(
            grid.build(),
            "Orange pixels speak for the predicted class, blue ones against it; what fades into the"
                + " gray image does not matter. By X-Gradient. From the first repetition.");
  }

  private static String label(ImageDemoResult result, int image) {
    String truth = CLASSES.get(image);
    List<String> mistakes = new ArrayList<>();
    for (DecoyArm arm : SHOWN) {
      String found = predicted(result, arm, image);
      if (!found.equals(truth)) {
        mistakes.add("%s takes it for a %s".formatted(result.letter(arm), found));
      }
    }
    return mistakes.isEmpty() ? truth : "%s; %s".formatted(truth, String.join(", ", mistakes));
  }

  private static String predicted(ImageDemoResult result, DecoyArm arm, int image) {
    FloatArray logits = examples(result, arm).attributions().logits();
    int best = 0;
    for (int c = 1; c < logits.rowSize(); c++) {
      int row = image * logits.rowSize();
      if (logits.values()[row + c] > logits.values()[row + best]) {
        best = c;
      }
    }
    return CLASSES.get(best);
  }

  private static List<PngImage> pictures(ImageDemoResult result, int index) {
    FloatArray images = examples(result, SHOWN.get(0)).images().inputs();
    FloatArray image =
        FloatArray.of(images.rows(index, index + 1).values(), images.rowShape().toArray());
    List<PngImage> pictures = new ArrayList<>();
    pictures.add(
        PngImage.of(Picture.of(image).png(), CLASSES.get(index) + " with a misleading cue"));
    for (DecoyArm arm : SHOWN) {
      HeatMap map = HeatMap.ofEach(examples(result, arm).attributions().values()).get(index);
      pictures.add(
          PngImage.of(
              map.over(image).png(),
              "%s: predicted %s".formatted(arm.name(), predicted(result, arm, index))));
    }
    return pictures;
  }

  private static DecoyRun.Examples examples(ImageDemoResult result, DecoyArm arm) {
    return result.runs().get(arm).get(0).examples();
  }

  private static void accuracy(HtmlPage page, ImageDemoResult result) {
    List<Category> categories = new ArrayList<>();
    for (DecoyArm arm : result.arms()) {
      categories.add(
          Category.of(
              result.name(arm),
              Estimate.of(result.mean(arm, run -> run.accuracy().aligned())),
              Estimate.of(result.mean(arm, run -> run.accuracy().random())),
              Estimate.of(result.mean(arm, ImageDemoTables::clean))));
    }
    page.section("How well they do when the cue is gone")
        .paragraph(
            "A test set that has the cue like the training images would find nothing wrong. Guessing"
                + " gives one in six.")
        .figure(
            BarChart.grouped(
                "Test accuracy",
                Axis.linear("accuracy").including(0, 1),
                List.of("cue of the class", "misleading cue", "no cue"),
                categories),
            "Mean over the repetitions with its standard error.")
        .table(ImageDemoTables.accuracies(result));
  }

  private static void shares(HtmlPage page, ImageDemoResult result) {
    page.section("How much the cue matters to them")
        .paragraph(
            "An attribution says how much every pixel adds to a logit. Its share on the cue is found"
                + " without any test image that lacks the cue: the fault shows before it does harm.")
        .table(ImageDemoTables.shares(result));
  }

  private static void target(HtmlPage page, ImageDemoResult result) {
    List<Category> categories = new ArrayList<>();
    for (DecoyArm arm : List.of(DecoyArm.UNREGULARIZED, DecoyArm.LABEL_ONLY, DecoyArm.MIXED)) {
      categories.add(
          Category.of(
              result.name(arm),
              Estimate.of(result.mean(arm, ImageDemoTables::labelOnCue)),
              Estimate.of(result.mean(arm, ImageDemoTables::othersOnCue))));
    }
    page.section("Why the target of the prior matters")
        .paragraph(
            "A decision is a comparison of logits. A prior on the logit of the label alone keeps the"
                + " cue from raising that logit, but not from lowering the others; the network"
                + " decides by the cue as before. A mix of all logits, each added or subtracted at"
                + " random for every image and step, costs one gradient too and reaches all of"
                + " them.")
        .figure(
            BarChart.grouped(
                "Attribution on the cue",
                Axis.linear("share of all attribution"),
                List.of("label's logit", "other logits"),
                categories),
            "Mean over the repetitions with its standard error. The weight of the prior is 10 for"
                + " the label's logit and 1 for the mix.")
        .paragraph(ImageDemoTables.targetOnCue(result))
        .paragraph(ImageDemoTables.targetAccuracy(result));
  }

  private static void contrast(HtmlPage page, ImageDemoResult result) {
    List<Category> categories = new ArrayList<>();
    for (DecoyArm arm : List.of(DecoyArm.MIXED, DecoyArm.EXPECTED_GRADIENTS)) {
      categories.add(
          Category.of(
              result.name(arm),
              Estimate.of(result.mean(arm, ImageDemoTables::clean)),
              Estimate.of(result.mean(arm, run -> run.accuracy().cleanAtThirdContrast())),
              Estimate.of(result.mean(arm, run -> run.accuracy().cleanAtTenthContrast()))));
    }
    page.section("What the X-network has besides")
        .paragraph(
            "Other priors repair the fault as well. But a network without biases scales its logits"
                + " with the image: its decisions cannot depend on the contrast, whether it was"
                + " trained for that or not.")
        .figure(
            BarChart.grouped(
                "Accuracy without the cue",
                Axis.linear("accuracy").including(0, 1),
                List.of("full contrast", "contrast 0.3", "contrast 0.1"),
                categories),
            "Mean over the repetitions with its standard error.");
  }
}
