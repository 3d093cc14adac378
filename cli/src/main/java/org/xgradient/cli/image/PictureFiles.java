package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.attribution.heatmap.ContactSheet;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.data.FloatArray;
import org.xgradient.report.CsvFile;
import org.xgradient.report.PngImage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.SafeText;

/**
 * Draws what an {@link ImageExplainer} finds, writes pictures and numbers, and keeps no more of
 * them than the page and one contact sheet need.
 */
final class PictureFiles {

  private static final int ROWS_PER_SHEET = 20;

  private final Path folder;
  private final String network;
  private final ImageExplainer explainer;
  private final PageStyle style;
  private final CsvFile.RowWriter numbers;
  private final List<NetworkResult.Row> rows = new ArrayList<>();
  private final ImmutableListMultimap.Builder<String, Double> errors =
      ImmutableListMultimap.builder();
  private final List<List<Picture>> sheet = new ArrayList<>();
  private int sheets;

  PictureFiles(
      Path parent,
      String network,
      ImageExplainer explainer,
      PageStyle style,
      CsvFile.RowWriter numbers)
      throws IOException {
    this.folder = Files.createDirectory(parent.resolve(network));
    this.network = network;
    this.explainer = explainer;
    this.style = style;
    this.numbers = numbers;
  }

  /**
   * Explains and draws images.
   *
   * @param names their names
   * @param images the images, prepared, of shape {@code [images, crop, crop, 3]}
   */
  void add(List<String> names, FloatArray images) throws IOException {
    for (ImageExplanation explanation : explainer.explain(names, images, style.classesShown())) {
      add(explanation);
    }
  }

  private void add(ImageExplanation explanation) throws IOException {
    Picture photo = Picture.of(explanation.photo());
    List<Picture> pictures = new ArrayList<>(List.of(photo));
    ImmutableList.Builder<PngImage> maps = ImmutableList.builder();
    for (MethodResult result : explanation.results()) {
      Picture picture = style.maps().draw(result.map(), explanation.photo());
      byte[] png = picture.png();
      write(explanation.name() + "-" + result.method() + ".png", png);
      pictures.add(picture);
      maps.add(shown(png, explanation, result));
      errors.put(result.method(), result.completenessError());
    }
    AttributionCsv.write(numbers, network, explanation);
    if (rows.size() < style.imagesShown()) {
      String name = explanation.name();
      PngImage image = PngImage.of(photo.png(), name).captioned(name);
      rows.add(new NetworkResult.Row(image, explanation.top(), maps.build()));
    }
    sheet.add(pictures);
    if (sheet.size() == ROWS_PER_SHEET) {
      writeSheet();
    }
  }

  NetworkResult finish() throws IOException {
    if (!sheet.isEmpty()) {
      writeSheet();
    }
    return new NetworkResult(
        network,
        explainer.methods(),
        explainer.refused(),
        errors.build(),
        ImmutableList.copyOf(rows));
  }

  private void writeSheet() throws IOException {
    sheets++;
    Files.write(
        folder.resolveSibling("%s-sheet-%d.png".formatted(network, sheets)),
        ContactSheet.of(sheet).picture().png());
    sheet.clear();
  }

  /** Images of inner folders are in such folders again. */
  private void write(String name, byte[] png) throws IOException {
    Path file = folder.resolve(name);
    MoreFiles.createParentDirectories(file);
    Files.write(file, png);
  }

  private PngImage shown(byte[] png, ImageExplanation explanation, MethodResult result) {
    String error = Numbers.significant(result.completenessError(), 2);
    String title =
        "%s, %s by %s of %s: completeness error %s"
            .formatted(
                SafeText.isolated(explanation.name()),
                SafeText.isolated(explanation.explained().name()),
                result.method(),
                SafeText.isolated(network),
                error);
    return PngImage.of(png, title).captioned(error);
  }
}
