package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import org.apache.commons.math3.stat.StatUtils;
import org.xgradient.attribution.heatmap.Sign;
import org.xgradient.cli.report.HtmlPage;
import org.xgradient.cli.report.Numbers;
import org.xgradient.cli.report.Table;

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
    for (NetworkResult result : results) {
      page.section(result.network()).images(result.grid(), caption(style));
      result
          .refused()
          .forEach(
              (method, reason) -> page.warning("%s is not shown".formatted(method), reason + "."));
      page.subsection("Completeness errors").table(result.table());
    }
    return page;
  }

  /** {@return a row for each network and method} */
  static Table summary(ImmutableList<NetworkResult> results) {
    Table.Builder table =
        Table.titled("")
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
    return "%s; %s does not matter. Full colour is the percentile %s of the absolute attributions of a picture, so colours compare within a picture only. Before each row stand the most probable classes."
        .formatted(colours, background, Numbers.significant(style.percentile(), 4));
  }
}
