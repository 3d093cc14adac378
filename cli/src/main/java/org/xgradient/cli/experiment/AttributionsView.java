package org.xgradient.cli.experiment;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.image.AttributionsExperiment;
import org.xgradient.experiments.image.AttributionsExperiment.Configuration;
import org.xgradient.experiments.image.AttributionsExperiment.Drawn;
import org.xgradient.experiments.image.AttributionsExperiment.Image;
import org.xgradient.experiments.image.AttributionsExperiment.Result;
import org.xgradient.experiments.image.ImageTask;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.ImageGrid;
import org.xgradient.report.PngImage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;

/** Shows {@link AttributionsExperiment}. */
final class AttributionsView extends ImageView<Configuration, Result> {

  /** How many images of a network a page shows; the numbers are of all. */
  private static final int SHOWN = 12;

  private final AttributionsExperiment experiment = new AttributionsExperiment();

  @Override
  public AttributionsExperiment experiment() {
    return experiment;
  }

  @Override
  String what() {
    return "The class of each image is explained by one gradient times the input and by Integrated"
        + " Gradients, at full and at low contrast.";
  }

  @Override
  String caption() {
    return "Orange pixels speak for the class, blue ones against it; what fades into the gray image"
        + " does not matter. Full colour is the 99th percentile of a picture, so colours compare"
        + " within a picture only.";
  }

  @Override
  public void draw(HtmlPage page, ExperimentResults<Configuration, ImageTask, Result> results) {
    results
        .results()
        .forEach(
            (task, result) ->
                page.subsection(title(task)).images(grid(results, result), caption()));
  }

  private static String title(ImageTask task) {
    return task.model().isEmpty()
        ? "%s, seed %d".formatted(task.network(), task.seed())
        : task.network();
  }

  private static ImageGrid grid(
      ExperimentResults<Configuration, ImageTask, Result> results, Result result) {
    List<String> columns = new ArrayList<>(List.of("image"));
    List<Double> contrasts = results.configuration().contrasts();
    List<String> methods = methods(result);
    for (double contrast : contrasts) {
      methods.forEach(method -> columns.add("%s, contrast %s".formatted(method, contrast)));
    }
    var grid = ImageGrid.withColumns(columns.toArray(String[]::new));
    for (Image image : result.images().subList(0, Math.min(SHOWN, result.images().size()))) {
      List<PngImage> pictures = new ArrayList<>(List.of(png(image.picture(), "the image")));
      for (double contrast : contrasts) {
        for (String method : methods) {
          Drawn map = image.map(method, contrast);
          pictures.add(
              png(
                  map.picture(),
                  "%s at contrast %s: best class %d, turned by %s degrees from full contrast"
                      .formatted(
                          method, contrast, map.best(), Numbers.significant(map.angle(), 2))));
        }
      }
      grid.row("", pictures);
    }
    return grid.build();
  }

  private static PngImage png(String base64, String title) {
    return PngImage.of(Base64.getDecoder().decode(base64), title);
  }

  private static List<String> methods(Result result) {
    return List.of(
        AttributionsExperiment.fast(result.homogeneous()), AttributionsExperiment.INTEGRATED);
  }

  @Override
  public ImmutableList<ReportTable> tables(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    int steps = results.configuration().steps();
    var table =
        ReportTable.titled("Means over the images, ± half the 95 % interval")
            .text("network", "method")
            .number("contrast", "angle to full contrast", "difference to IG(%d)".formatted(steps));
    for (String network : experiment.networks(results)) {
      Result first = results.of(task -> task.network().equals(network)).get(0);
      for (double contrast : results.configuration().contrasts()) {
        for (String method : methods(first)) {
          table.row(
              network,
              method,
              Numbers.significant(contrast, 2),
              meanAndInterval(
                  1, experiment.numbers(results, network, method, contrast, Drawn::angle)),
              meanAndInterval(
                  1, experiment.numbers(results, network, method, contrast, Drawn::difference)));
        }
      }
    }
    return ImmutableList.of(
        table
            .footnote(
                "Angle: in degrees, between the attributions at this contrast and those at full contrast; 0 where they differ by a factor only.")
            .footnote("Difference: mean |IG - A| over mean |IG| of an image.")
            .footnote("The paper shows pictures and no numbers.")
            .build());
  }
}
