package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;
import org.xgradient.attribution.heatmap.Sign;
import org.xgradient.report.HtmlPage;
import org.xgradient.report.ImageGallery;
import org.xgradient.report.ImageGrid;
import org.xgradient.report.PngImage;
import org.xgradient.report.text.Numbers;
import org.xgradient.report.text.ReportTable;
import org.xgradient.report.text.SafeText;
import org.xgradient.training.image.RankedClass;

/** The contact sheet as a page, for a reader who knows what a network is. */
final class ImageReport {

  private ImageReport() {}

  static HtmlPage of(ImmutableList<NetworkResult> results, MapStyle style) {
    HtmlPage page =
        HtmlPage.titled("What the networks saw")
            .lead(
                "For each photo, the class that the network found most probable was explained: how"
                    + " much every pixel adds to its logit, compared with an image of zeros.");
    page.section("Do the explanations add up?")
        .paragraph(
            "All attributions of an image together should be the change of the logit from the image"
                + " of zeros to the photo. The completeness error is what they miss, as a share of"
                + " that change.")
        .table(summary(results));
    page.section("Photos and heat maps");
    ImageGallery.addTo(page, grid(results), caption(style), measures(results), true);
    for (NetworkResult result : results) {
      result
          .refused()
          .forEach(
              (method, reason) ->
                  page.warning(
                      "%s is not shown for %s"
                          .formatted(method, SafeText.isolated(result.network())),
                      reason + "."));
    }
    return page;
  }

  /** All networks side by side, a row for each image. */
  private static ImageGrid grid(ImmutableList<NetworkResult> results) {
    boolean several = results.size() > 1;
    List<String> columns = new ArrayList<>(List.of("photo"));
    for (NetworkResult result : results) {
      for (String method : result.methods()) {
        columns.add(several ? SafeText.isolated(result.network()) + ": " + method : method);
      }
    }
    var grid = ImageGrid.withColumns(columns.toArray(String[]::new));
    for (int i = 0; i < results.get(0).rows().size(); i++) {
      List<String> labels = new ArrayList<>();
      List<PngImage> pictures = new ArrayList<>(List.of(results.get(0).rows().get(i).photo()));
      for (NetworkResult result : results) {
        NetworkResult.Row row = result.rows().get(i);
        labels.add(
            (several ? SafeText.isolated(result.network()) + ": " : "") + classes(row.top()));
        pictures.addAll(row.maps());
      }
      grid.row(String.join("\n", labels), pictures);
    }
    return grid.build();
  }

  /** What the photos can be sorted by: how sure a network is, and how far maps miss their sum. */
  private static ImmutableMap<String, ImmutableDoubleArray> measures(
      ImmutableList<NetworkResult> results) {
    ImmutableMap.Builder<String, ImmutableDoubleArray> measures = ImmutableMap.builder();
    for (NetworkResult result : results) {
      String of = results.size() > 1 ? result.network() + ": " : "";
      measures.put(
          of + "probability of the class",
          ImmutableDoubleArray.copyOf(
              result.rows().stream().mapToDouble(row -> row.top().get(0).probability())));
      for (String method : result.methods()) {
        measures.put(
            of + "completeness error of " + method,
            ImmutableDoubleArray.copyOf(
                result.errors().get(method).stream()
                    .limit(result.rows().size())
                    .mapToDouble(error -> error)));
      }
    }
    return measures.buildOrThrow();
  }

  private static String classes(List<RankedClass> top) {
    return top.stream()
        .map(found -> SafeText.isolated(found.name()) + " " + Numbers.percent(found.probability()))
        .collect(Collectors.joining(", "));
  }

  /** {@return a row for each network and method} */
  static ReportTable summary(ImmutableList<NetworkResult> results) {
    ReportTable.Builder table =
        ReportTable.titled("")
            .text("network", "method")
            .number("photos", "median completeness error", "largest");
    for (NetworkResult result : results) {
      for (String method : result.methods()) {
        double[] errors = result.sortedErrors(method);
        table.row(
            result.network(),
            method,
            Numbers.count(errors.length),
            Numbers.significant(StatUtils.percentile(errors, 50), 2),
            Numbers.significant(errors[errors.length - 1], 2));
      }
    }
    return table.build();
  }

  private static String caption(MapStyle style) {
    String colours =
        style.sign() == Sign.SIGNED
            ? "Orange pixels speak for the class, blue ones against it"
            : "The darker a pixel, the more it matters, whether for the class or against it";
    String background = style.overlay() ? "what fades into the gray photo" : "white";
    return "%s; %s does not matter. Full colour is the percentile %s of the absolute attributions of a picture, so colours compare within a picture only. Beside or above each photo stand its most probable classes, under each heat map its completeness error."
        .formatted(colours, background, Numbers.significant(style.percentile(), 4));
  }
}
