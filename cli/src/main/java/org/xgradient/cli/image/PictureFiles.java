package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xgradient.attribution.heatmap.ContactSheet;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.cli.report.CsvFile;
import org.xgradient.cli.report.ImageGrid;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.PngImage;

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
  private final ImageGrid.Builder grid;
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
    List<String> columns = new ArrayList<>(List.of("photo"));
    columns.addAll(explainer.methods());
    grid = ImageGrid.withColumns(columns.toArray(String[]::new));
  }

  void add(ImageExplanation explanation) throws IOException {
    Picture photo = Picture.of(explanation.photo());
    List<Picture> pictures = new ArrayList<>(List.of(photo));
    List<PngImage> shown = new ArrayList<>(List.of(PngImage.of(photo.png(), explanation.name())));
    for (MethodResult result : explanation.results()) {
      Picture picture = style.maps().draw(result.map(), explanation.photo());
      byte[] png = picture.png();
      write(explanation.name() + "-" + result.method() + ".png", png);
      pictures.add(picture);
      shown.add(PngImage.of(png, title(explanation, result)));
      errors.put(result.method(), result.completenessError());
    }
    AttributionCsv.write(numbers, network, explanation);
    if (rows.size() < style.imagesShown()) {
      rows.add(row(explanation));
      grid.row(label(explanation), shown);
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
        ImmutableList.copyOf(rows),
        grid.build());
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

  private static NetworkResult.Row row(ImageExplanation explanation) {
    return new NetworkResult.Row(
        explanation.name(),
        explanation.explained(),
        explanation.results().stream()
            .map(MethodResult::completenessError)
            .collect(ImmutableList.toImmutableList()));
  }

  private static String label(ImageExplanation explanation) {
    return explanation.top().stream()
        .map(found -> found.name() + " " + Numbers.percent(found.probability()))
        .collect(Collectors.joining(", "));
  }

  private static String title(ImageExplanation explanation, MethodResult result) {
    return "%s, %s by %s: completeness error %s"
        .formatted(
            explanation.name(),
            explanation.explained().name(),
            result.method(),
            Numbers.significant(result.completenessError(), 2));
  }
}
