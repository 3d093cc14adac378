package org.xgradient.metrics.masking;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.xgradient.data.AtomicFiles;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.Direction;

/** Masking results as tables, comma-separated, for other programs. */
public final class MaskingCsv {

  private MaskingCsv() {}

  /**
   * Writes one line for each method and metric: {@code method, metric, better, images, auc, lower,
   * upper}.
   *
   * @param file the file, written whole or not at all
   * @param results the results
   * @param bootstrap how the confidence intervals are drawn
   * @throws IOException if the file can't be written
   */
  public static void writeAreas(Path file, MaskingResults results, Bootstrap bootstrap)
      throws IOException {
    var text = new Table("method", "metric", "better", "images", "auc", "lower", "upper");
    for (MaskingCurve curve : results.curves()) {
      ConfidenceInterval interval = curve.aucInterval(bootstrap);
      text.line(
          curve.method(),
          curve.metric().name(),
          curve.metric().direction() == Direction.HIGHER_IS_BETTER ? "higher" : "lower",
          curve.images(),
          curve.auc(),
          interval.lower(),
          interval.upper());
    }
    AtomicFiles.writeText(file, text.toString());
  }

  /**
   * Writes one line for each point of each curve: {@code method, metric, fraction, score, lower,
   * upper}.
   *
   * @param file the file, written whole or not at all
   * @param results the results
   * @param bootstrap how the confidence intervals are drawn
   * @throws IOException if the file can't be written
   */
  public static void writeCurves(Path file, MaskingResults results, Bootstrap bootstrap)
      throws IOException {
    var text = new Table("method", "metric", "fraction", "score", "lower", "upper");
    for (MaskingCurve curve : results.curves()) {
      ImmutableList<ConfidenceInterval> band = curve.band(bootstrap);
      for (int f = 0; f < band.size(); f++) {
        text.line(
            curve.method(),
            curve.metric().name(),
            curve.fractions().get(f),
            curve.scores().get(f),
            band.get(f).lower(),
            band.get(f).upper());
      }
    }
    AtomicFiles.writeText(file, text.toString());
  }

  /** Comma-separated lines in memory, where nothing can fail. */
  static final class Table {
    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter printer;

    Table(Object... header) {
      try {
        printer = new CSVPrinter(text, CSVFormat.RFC4180);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      line(header);
    }

    void line(Object... cells) {
      try {
        printer.printRecord(cells);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
