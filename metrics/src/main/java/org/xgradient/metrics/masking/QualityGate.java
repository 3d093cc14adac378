package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.PairedDifference;

/**
 * A check for test suites: a masking metric may not get worse than a stored baseline by more than a
 * margin.
 *
 * <p>A test of non-inferiority: the one-sided lower confidence bound of the mean improvement over
 * the baseline, paired image by image and in the direction of the metric, must be at least minus
 * the margin. So the gate passes only if the images suffice to say that the metric is no worse; few
 * images or a small margin make it fail, never pass. In a test:
 *
 * <pre>{@code
 * MaskingCurve curve = evaluation.evaluate(inputs, labels, attributions).curve("XG", KPM);
 * QualityGate.allowing(0.05).check(curve, Path.of("src/test/baselines/kpm-xg.csv"));
 * }</pre>
 *
 * @param margin by how much the mean area under the curve may get worse, in the unit of the metric,
 *     at least 0
 * @param confidence the confidence level of the bound, in {@code (0, 1)}
 */
public record QualityGate(double margin, double confidence) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public QualityGate {
    checkArgument(
        margin >= 0 && Double.isFinite(margin),
        "the margin must be finite and at least 0, found %s",
        margin);
    checkArgument(
        confidence > 0 && confidence < 1,
        "the confidence level must be between 0 and 1, found %s",
        confidence);
  }

  /**
   * A gate with a confidence level of 0.95.
   *
   * @param margin by how much the mean area under the curve may get worse, at least 0
   * @return the gate
   */
  public static QualityGate allowing(double margin) {
    return new QualityGate(margin, 0.95);
  }

  /**
   * The same with another level.
   *
   * @param confidence the confidence level of the bound, in {@code (0, 1)}
   * @return the gate
   */
  public QualityGate withConfidence(double confidence) {
    return new QualityGate(margin, confidence);
  }

  /**
   * Compares a curve with a stored baseline.
   *
   * @param curve the curve
   * @param baseline the file, written by {@link BaselineFile}
   * @throws AssertionError if the curve may be worse by more than the margin, or there is no
   *     baseline
   * @throws IOException if the baseline can't be read
   * @throws IllegalArgumentException if the two are not of the same metric, fractions and images,
   *     or of fewer than two images
   */
  public void check(MaskingCurve curve, Path baseline) throws IOException {
    if (!Files.exists(baseline)) {
      throw new AssertionError(
          "there is no baseline "
              + baseline
              + "; store one that you trust with BaselineFile.write and keep it with the tests");
    }
    check(curve, BaselineFile.read(baseline));
  }

  /**
   * Compares two curves.
   *
   * @param curve the curve
   * @param baseline what it is compared with
   * @throws AssertionError if the curve may be worse by more than the margin
   * @throws IllegalArgumentException if the two are not of the same metric, fractions and images,
   *     or of fewer than two images
   */
  public void check(MaskingCurve curve, MaskingCurve baseline) {
    PairedDifference improvement = curve.improvementOver(baseline);
    double bound = improvement.lowerBound(confidence);
    if (!(bound >= -margin)) {
      throw new AssertionError(failure(curve, baseline, improvement, bound));
    }
  }

  private String failure(
      MaskingCurve curve, MaskingCurve baseline, PairedDifference improvement, double bound) {
    MaskingMetric metric = curve.metric();
    boolean higher = metric.direction() == Direction.HIGHER_IS_BETTER;
    return String.format(
        Locale.ROOT,
        "%s of %s (%s is better) may be worse than the baseline of %s by more than %s: the mean"
            + " improvement over %s images is %.6g with standard error %.3g, at least %.6g with"
            + " confidence %s, and must be at least %s%n"
            + "baseline: AUC %.6g%ncurrent:  AUC %.6g%n%s",
        metric.name(),
        curve.method(),
        higher ? "higher" : "lower",
        baseline.method(),
        margin,
        improvement.count(),
        improvement.mean(),
        improvement.standardError(),
        bound,
        confidence,
        -margin,
        baseline.auc(),
        curve.auc(),
        table(curve, baseline));
  }

  private static String table(MaskingCurve curve, MaskingCurve baseline) {
    return row("fraction", curve.fractions())
        + row("baseline", baseline.scores())
        + row("current", curve.scores());
  }

  private static String row(String name, ImmutableDoubleArray numbers) {
    return numbers.stream()
        .mapToObj(number -> String.format(Locale.ROOT, "%10.4g", number))
        .collect(
            Collectors.joining(
                " ", String.format(Locale.ROOT, "%-8s ", name), System.lineSeparator()));
  }
}
