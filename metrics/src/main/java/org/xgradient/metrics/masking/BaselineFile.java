package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.Score;

/**
 * A stored masking curve, with which a {@link QualityGate} compares a later one: a comma-separated
 * file with a line for each image, small enough to live beside the tests.
 *
 * <p>The columns are {@code method, metric, order, masking, score, direction, image}, then one for
 * each fraction, with the fraction as its name. Numbers are written such that reading gives the
 * same ones.
 */
public final class BaselineFile {

  private static final ImmutableList<String> LEADING =
      ImmutableList.of("method", "metric", "order", "masking", "score", "direction", "image");

  private BaselineFile() {}

  /**
   * Stores a curve.
   *
   * @param file the file, written whole or not at all
   * @param curve the curve
   * @throws IOException if the file can't be written
   */
  public static void write(Path file, MaskingCurve curve) throws IOException {
    List<Object> header = new ArrayList<>(LEADING);
    curve.fractions().forEach(header::add);
    var table = new CurveLines(header.toArray());
    MaskingMetric metric = curve.metric();
    for (int image = 0; image < curve.images(); image++) {
      List<Object> cells = new ArrayList<>();
      cells.addAll(List.of(curve.method(), metric.name(), metric.order(), metric.masking()));
      cells.addAll(List.of(metric.score(), metric.direction(), curve.imageIds().get(image)));
      for (int f = 0; f < curve.fractions().length(); f++) {
        cells.add((float) curve.value(image, f));
      }
      table.line(cells.toArray());
    }
    AtomicFiles.writeText(file, table.toString());
  }

  /**
   * Reads a stored curve.
   *
   * @param file the file
   * @return the curve
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if it does not hold a curve; the line is named
   */
  public static MaskingCurve read(Path file) throws IOException {
    List<CSVRecord> lines;
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
      lines = parser.getRecords();
    }
    int leading = LEADING.size();
    checkArgument(
        lines.size() >= 2
            && lines.get(0).size() > leading
            && lines.get(0).toList().subList(0, leading).equals(LEADING),
        "%s must hold a masking curve, with columns %s and fractions and at least one image; write"
            + " it with BaselineFile.write",
        file,
        LEADING);
    ImmutableDoubleArray.Builder fractions = ImmutableDoubleArray.builder();
    List<Float> values = new ArrayList<>();
    ImmutableList.Builder<String> ids = ImmutableList.builder();
    for (CSVRecord line : lines) {
      boolean header = line.getRecordNumber() == 1;
      checkArgument(
          line.size() == lines.get(0).size() && (header || sameMetric(line, lines.get(1))),
          "%s, line %s, must have %s columns and be of the method and metric of the line before it",
          file,
          line.getRecordNumber(),
          lines.get(0).size());
      if (!header) {
        ids.add(line.get(leading - 1));
      }
      for (String number : line.toList().subList(leading, line.size())) {
        if (header) {
          fractions.add(number(file, line, number));
        } else {
          values.add((float) number(file, line, number));
        }
      }
    }
    var flat =
        FloatArray.of(Floats.toArray(values), lines.size() - 1, lines.get(0).size() - leading);
    CSVRecord first = lines.get(1);
    return new MaskingCurve(
        first.get(0), metric(file, first), fractions.build(), flat, ids.build());
  }

  private static boolean sameMetric(CSVRecord line, CSVRecord first) {
    int columns = LEADING.size() - 1;
    return line.toList().subList(0, columns).equals(first.toList().subList(0, columns));
  }

  private static double number(Path file, CSVRecord line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s, line %s: must hold numbers, found '%s'"
              .formatted(file, line.getRecordNumber(), text),
          e);
    }
  }

  private static MaskingMetric metric(Path file, CSVRecord line) {
    try {
      return new MaskingMetric(
          line.get(1),
          PixelOrder.valueOf(line.get(2)),
          Masking.valueOf(line.get(3)),
          Score.valueOf(line.get(4)),
          Direction.valueOf(line.get(5)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s, line %s: must name a metric, found %s"
              .formatted(file, line.getRecordNumber(), line.toList().subList(1, 6)),
          e);
    }
  }
}
