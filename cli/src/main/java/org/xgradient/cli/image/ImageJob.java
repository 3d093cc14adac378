package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.cli.report.CsvFile;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.cli.report.Table;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImageFiles;
import org.xgradient.training.image.ImageNetwork;

/**
 * Explains images by several networks that share weights, such as a network and its X- variant.
 *
 * @param networks the networks
 * @param weights the file of their weights
 * @param classes the names of their classes
 * @param methods the methods by name
 * @param runs how the methods are run
 * @param style how heat maps are drawn
 * @param classesShown how many classes stand beside an image, at least 1
 */
public record ImageJob(
    ImmutableList<ImageNetwork> networks,
    Path weights,
    ClassNames classes,
    ImmutableMap<String, AttributionMethod> methods,
    AttributorOptions runs,
    MapStyle style,
    int classesShown) {

  /** The page, by which an earlier output is recognised. */
  public static final String PAGE = "report.html";

  /** The numbers. */
  public static final String NUMBERS = "attributions.csv";

  /**
   * Explains images and writes a directory: the page, the numbers, a contact sheet for each twenty
   * images and network, and in a folder for each network a heat map for each image and method.
   *
   * @param images the images; their preprocessing is replaced by that of each network
   * @param count how many images to take, the first ones
   * @param out the directory to write, or to replace if it is an earlier output
   * @param progress told of each image
   * @return a row for each network and method, with its completeness errors
   * @throws IOException if the output cannot be written; nothing has changed then
   * @throws IllegalArgumentException if the weights don't fit a network, or no method applies to it
   */
  public Table run(ImageFiles images, int count, Path out, ProgressReporter progress)
      throws IOException {
    List<NetworkResult> results = new ArrayList<>();
    AtomicFiles.writeDirectory(
        out,
        PAGE,
        directory -> {
          for (ImageNetwork network : networks) {
            results.add(run(network, images, count, directory, progress));
          }
          CsvFile.write(
              directory.resolve(NUMBERS),
              NetworkResult.CSV_HEADER,
              rows -> {
                for (NetworkResult result : results) {
                  for (List<Object> row : result.csvRows()) {
                    rows.row(row);
                  }
                }
              });
          ImageReport.of(ImmutableList.copyOf(results), style).write(directory.resolve(PAGE));
        });
    return ImageReport.summary(ImmutableList.copyOf(results));
  }

  private NetworkResult run(
      ImageNetwork network, ImageFiles images, int count, Path directory, ProgressReporter progress)
      throws IOException {
    String name = network.network().name();
    ImageFiles prepared = new ImageFiles(images.files(), images.skipped(), network.preprocessing());
    try (ImageExplainer explainer = ImageExplainer.load(network, weights, classes, methods, runs);
        ProgressTask bar = progress.start("explaining by " + name, count, "images")) {
      PictureFiles pictures = new PictureFiles(directory, name, explainer, style);
      for (int i = 0; i < count; i++) {
        pictures.add(explainer.explain(prepared, i, classesShown));
        bar.step();
      }
      return pictures.finish();
    }
  }
}
