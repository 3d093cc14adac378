package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.FloatArray;

/**
 * How far attributions {@code A} are from those of a reference method {@code R}, usually Integrated
 * Gradients.
 *
 * <p>At least 0, and 0 for equal attributions; lower is nearer. The paper prints it in percent.
 */
public final class RelativeDifference {

  /** Keeps the authors' quotient finite where the reference is 0. */
  private static final double EPSILON = 1e-7;

  private RelativeDifference() {}

  /**
   * The form of the authors' code: {@code mean|R - A| / (mean|R| + 1e-7)} for each batch, averaged
   * over the batches. It depends on the size of the batches; all rows as one batch are the ratio of
   * the overall means.
   *
   * @param reference the attributions {@code R}, of shape {@code [rows, ...]}, all finite
   * @param other the attributions {@code A}, of the same shape, all finite
   * @param batchSize the number of rows of a batch, at least 1 (16 in the authors' code); the last
   *     batch may be smaller and counts as much as any other
   * @return the relative difference
   * @throws IllegalArgumentException if the shapes differ, there is no row or no feature, a value
   *     is not finite, or the batch size is less than 1
   */
  public static double ofBatches(FloatArray reference, FloatArray other, int batchSize) {
    checkArgument(batchSize >= 1, "the batch size must be at least 1, found %s", batchSize);
    check(reference, other);
    double sum = 0;
    int batches = 0;
    for (int from = 0; from < reference.rows(); from += batchSize) {
      int to = Math.min(reference.rows(), from + batchSize);
      sum += ofBatch(reference, other, from * reference.rowSize(), to * reference.rowSize());
      batches++;
    }
    return sum / batches;
  }

  private static double ofBatch(FloatArray reference, FloatArray other, int from, int to) {
    double difference = 0;
    double magnitude = 0;
    for (int i = from; i < to; i++) {
      difference += Math.abs((double) reference.values()[i] - other.values()[i]);
      magnitude += Math.abs(reference.values()[i]);
    }
    int size = to - from;
    return (difference / size) / (magnitude / size + EPSILON);
  }

  /**
   * The form of the paper (FAA, Eq. 14): the mean over rows and features of {@code |R - A| / |R|}.
   *
   * <p>Single features whose reference is near 0 can dominate it. A feature that is 0 in both
   * counts 0; one that is 0 in the reference alone makes the result infinite.
   *
   * @param reference the attributions {@code R}, of shape {@code [rows, ...]}, all finite
   * @param other the attributions {@code A}, of the same shape, all finite
   * @return the relative difference
   * @throws IllegalArgumentException if the shapes differ, there is no row or no feature, or a
   *     value is not finite
   */
  public static double ofFeatures(FloatArray reference, FloatArray other) {
    check(reference, other);
    double sum = 0;
    for (int i = 0; i < reference.size(); i++) {
      double difference = Math.abs((double) reference.values()[i] - other.values()[i]);
      sum += difference == 0 ? 0 : difference / Math.abs(reference.values()[i]);
    }
    return sum / reference.size();
  }

  private static void check(FloatArray reference, FloatArray other) {
    AttributionChecks.requireSameShape("the reference", reference, "the attributions", other);
    AttributionChecks.requireFinite("the reference", reference);
    AttributionChecks.requireFinite("the attributions", other);
  }
}
