package org.xgradient.cli.image;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.report.CsvFile;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImagePredictions;
import org.xgradient.training.image.RankedClass;

/**
 * Predicts images, which may be more than fit into memory.
 *
 * @param model the model, borrowed
 * @param top how many of the most probable classes are named, at least 1, at most all
 */
public record ImagePrediction(ImageModel model, int top) {

  /** Writes a table. */
  @FunctionalInterface
  public interface TableWriter {
    /**
     * Writes a table.
     *
     * @param header the names of its columns
     * @param rows its rows
     * @throws IOException if it can't be written
     */
    void write(List<String> header, CsvFile.Rows rows) throws IOException;
  }

  /**
   * Checks the number of classes.
   *
   * @throws IllegalArgumentException if it is less than 1, or the model has fewer
   */
  public ImagePrediction {
    checkArgument(
        top >= 1 && top <= model.classes().size(),
        "--top must be from 1 to the %s classes of the model, found %s",
        model.classes().size(),
        top);
  }

  /**
   * Writes a row for each image: its name, the most probable class and its probability, the next
   * one and so on.
   *
   * @param images the images
   * @param table takes the header and the rows
   * @param progress told of each image
   * @return what was found
   * @throws IOException if the table can't be written
   */
  public ImageInput.Found write(ImageInput images, TableWriter table, ProgressReporter progress)
      throws IOException {
    List<ImageInput.Found> found = new ArrayList<>();
    try (ProgressTask bar = progress.start("predicting", images.size(), "images")) {
      table.write(
          header(),
          rows ->
              found.add(
                  images.forEach(
                      model.preprocessing(),
                      chunk -> {
                        ImagePredictions predictions = model.predict(chunk.images());
                        for (int i = 0; i < predictions.images(); i++) {
                          rows.row(cells(images.name(chunk.files().get(i)), predictions, i));
                        }
                        bar.advance(predictions.images());
                      })));
    }
    return found.get(0);
  }

  private List<String> header() {
    List<String> header = new ArrayList<>(List.of("image", "class", "probability"));
    for (int rank = 2; rank <= top; rank++) {
      header.add("class " + rank);
      header.add("probability " + rank);
    }
    return header;
  }

  private List<Object> cells(String name, ImagePredictions predictions, int index) {
    List<Object> cells = new ArrayList<>(List.of(name));
    for (RankedClass found : predictions.top(index, top)) {
      cells.add(found.name());
      cells.add(found.probability());
    }
    return cells;
  }
}
