package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.ImageStream;
import org.xgradient.report.CsvFile;
import org.xgradient.report.Formulas;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.training.image.ImageModel;

/**
 * Explains images by one or several models, such as a network and its X- variant.
 *
 * @param models the models, at least one, of different names
 * @param methods the methods by name
 * @param runs how the methods are run
 * @param style what the page shows
 */
public record ImageJob(
    ImmutableList<ImageModelSource> models,
    ImmutableMap<String, ImageMethod> methods,
    AttributorOptions runs,
    PageStyle style) {

  /** The automatic choice of a method takes many gradients of each. */
  private static final int IMAGES_OF_CHOICE = 4;

  /** The page, by which an earlier output is recognised. */
  public static final String PAGE = "report.html";

  /** The numbers. */
  public static final String NUMBERS = "attributions.csv";

  /**
   * What was done.
   *
   * @param table a row for each model and method, with its completeness errors
   * @param images how many images were explained
   * @param skipped how many files were left out, because they are not whole images
   */
  public record Summary(ReportTable table, int images, int skipped) {}

  /**
   * Explains images and writes a directory: the page, the numbers, a contact sheet for each twenty
   * images and model, and in a folder for each model a heat map for each image and method.
   *
   * @param images the images; what the first model's pass leaves out, the others do not see
   * @param out the directory to write, or to replace if it is an earlier output
   * @param formulas what is done with names in the numbers that a spreadsheet would compute
   * @param progress told of each image
   * @return what was done
   * @throws IOException if the output cannot be written; nothing has changed then
   * @throws IllegalArgumentException if the weights don't fit a network, or no method applies to it
   */
  public Summary run(ImageInput images, Path out, Formulas formulas, ProgressReporter progress)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    AtomicFiles.writeDirectory(
        out,
        PAGE,
        directory -> {
          CsvFile.write(
              directory.resolve(NUMBERS),
              formulas,
              AttributionCsv.HEADER,
              rows -> {
                ImageInput input = images;
                for (ImageModelSource source : models) {
                  outcomes.add(run(source, input, directory, rows, progress));
                  input = images.of(outcomes.get(0).found());
                }
              });
          ImageReport.of(results(outcomes), style.maps()).write(directory.resolve(PAGE));
        });
    ImageInput.Found found = outcomes.get(0).found();
    return new Summary(
        ImageReport.summary(results(outcomes)), found.files().size(), found.skipped());
  }

  /** What is known after one model has seen all images. */
  private record Outcome(NetworkResult result, ImageInput.Found found) {}

  private static ImmutableList<NetworkResult> results(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::result).collect(ImmutableList.toImmutableList());
  }

  private Outcome run(
      ImageModelSource source,
      ImageInput input,
      Path directory,
      CsvFile.RowWriter rows,
      ProgressReporter progress)
      throws IOException {
    String name = source.name();
    try (ImageModel model = source.open();
        ProgressTask bar = progress.start("explaining by " + name, input.size(), "images")) {
      List<PictureFiles> pictures = new ArrayList<>(1);
      ImageInput.Found found =
          input.forEach(
              model.preprocessing(),
              chunk -> {
                if (pictures.isEmpty()) {
                  pictures.add(pictures(model, name, directory, rows, chunk));
                }
                List<String> names = chunk.files().stream().map(input::name).toList();
                try {
                  pictures.get(0).add(names, chunk.images());
                } catch (CancellationException e) {
                  throw Interruption.of(
                      "interrupted after %s by %s; nothing is written"
                          .formatted(Numbers.count(bar.done(), "image"), name),
                      e);
                }
                bar.advanceTo(bar.done() + names.size());
              });
      return new Outcome(pictures.get(0).finish(), found);
    }
  }

  /** The methods are prepared when the first images are there, by which a choice can be made. */
  private PictureFiles pictures(
      ImageModel model,
      String name,
      Path directory,
      CsvFile.RowWriter rows,
      ImageStream.Chunk chunk)
      throws IOException {
    int images = Math.min(IMAGES_OF_CHOICE, chunk.files().size());
    FloatArray first = chunk.images().rows(0, images);
    ImageExplainer explainer = ImageExplainer.of(model, name, methods, runs, first);
    return new PictureFiles(directory, name, explainer, style, rows);
  }
}
