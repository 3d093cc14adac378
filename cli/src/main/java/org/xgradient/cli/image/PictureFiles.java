package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xgradient.attribution.heatmap.ContactSheet;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.cli.image.NetworkResult.Completeness;
import org.xgradient.cli.report.ImageGrid;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.PngImage;

/**
 * Draws what an {@link ImageExplainer} finds, writes the pictures, and keeps no more of them than
 * the page and one contact sheet need.
 */
final class PictureFiles {

  private static final int ROWS_PER_SHEET = 20;

  private final Path folder;
  private final String network;
  private final ImageExplainer explainer;
  private final MapStyle style;
  private final ImageGrid.Builder grid;
  private final List<NetworkResult.Row> rows = new ArrayList<>();
  private final List<List<Picture>> sheet = new ArrayList<>();
  private int sheets;

  PictureFiles(Path parent, String network, ImageExplainer explainer, MapStyle style)
      throws IOException {
    this.folder = Files.createDirectory(parent.resolve(network));
    this.network = network;
    this.explainer = explainer;
    this.style = style;
    List<String> columns = new ArrayList<>(List.of("photo"));
    columns.addAll(explainer.methods());
    grid = ImageGrid.withColumns(columns.toArray(String[]::new));
  }

  void add(ImageExplanation explanation) throws IOException {
    Picture photo = Picture.of(explanation.photo());
    List<Picture> pictures = new ArrayList<>(List.of(photo));
    List<PngImage> shown = new ArrayList<>(List.of(PngImage.of(photo.png(), explanation.name())));
    ImmutableList.Builder<Completeness> numbers = ImmutableList.builder();
    for (MethodResult result : explanation.results()) {
      Picture picture = style.draw(result.map(), explanation.photo());
      byte[] png = picture.png();
      Files.write(folder.resolve(explanation.name() + "-" + result.method() + ".png"), png);
      pictures.add(picture);
      shown.add(PngImage.of(png, title(explanation, result)));
      numbers.add(
          new Completeness(
              result.output(), result.baselineOutput(), result.sum(), result.completenessError()));
    }
    rows.add(new NetworkResult.Row(explanation.name(), explanation.explained(), numbers.build()));
    grid.row(label(explanation), shown);
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
