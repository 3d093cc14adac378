package org.xgradient.cli.image;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import org.xgradient.report.CsvFile;
import org.xgradient.training.image.RankedClass;

/** The numbers of explained images as rows, one for each method. */
final class AttributionCsv {

  static final ImmutableList<String> HEADER =
      ImmutableList.of(
          "network",
          "image",
          "class index",
          "class",
          "probability",
          "method",
          "output",
          "baseline output",
          "sum of attributions",
          "completeness error");

  private AttributionCsv() {}

  static void write(CsvFile.RowWriter rows, String network, ImageExplanation explanation)
      throws IOException {
    RankedClass explained = explanation.explained();
    for (MethodResult result : explanation.results()) {
      rows.row(
          List.of(
              network,
              explanation.name(),
              explained.index(),
              explained.name(),
              explained.probability(),
              result.method(),
              result.output(),
              result.baselineOutput(),
              result.sum(),
              result.completenessError()));
    }
  }
}
