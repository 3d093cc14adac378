package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

/**
 * Percentile bootstrap: confidence intervals of means, from the means of samples that are drawn
 * with replacement.
 *
 * <p>The ends are the quantiles {@code (1 - c)/2} and {@code (1 + c)/2} of the drawn means. For a
 * single value the interval is that value. The same seed gives the same interval.
 *
 * @param resamples the number of samples drawn, at least 1
 * @param confidence the confidence level {@code c}, in {@code (0, 1)}
 * @param seed what the drawing starts from
 * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani (1993), An introduction
 *     to the bootstrap, Ch. 13</a>
 */
public record Bootstrap(int resamples, double confidence, long seed) {

  /** More rows in each of hundreds of samples take seconds. */
  private static final int LARGEST_SAMPLE = 2_000;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Bootstrap {
    checkArgument(resamples >= 1, "resamples must be at least 1, found %s", resamples);
    checkArgument(
        confidence > 0 && confidence < 1,
        "the confidence level must be between 0 and 1, found %s",
        confidence);
  }

  /** {@return 1,000 samples, a confidence level of 0.95, seed 0} */
  public static Bootstrap withDefaults() {
    return new Bootstrap(1_000, 0.95, 0);
  }

  /**
   * The same with another level.
   *
   * @param confidence the confidence level, in {@code (0, 1)}
   * @return the bootstrap
   */
  public Bootstrap withConfidence(double confidence) {
    return new Bootstrap(resamples, confidence, seed);
  }

  /**
   * The same with another seed.
   *
   * @param seed what the drawing starts from
   * @return the bootstrap
   */
  public Bootstrap withSeed(long seed) {
    return new Bootstrap(resamples, confidence, seed);
  }

  /**
   * The interval of a mean.
   *
   * @param values the values, at least one, none NaN
   * @return the interval
   * @throws IllegalArgumentException if there is no value, or one is NaN
   */
  public ConfidenceInterval ofMean(double... values) {
    checkArgument(values.length > 0, "a mean needs at least one value, found none");
    return intervals(values, 1).get(0);
  }

  /**
   * The intervals of the means of columns, from the same samples of rows: a band around a curve,
   * for each of its points on its own.
   *
   * @param values the values, of shape {@code [rows, columns]}, at least one row, none NaN
   * @return an interval for each column
   * @throws IllegalArgumentException if the shape is another, or a value is NaN
   */
  public ImmutableList<ConfidenceInterval> ofColumnMeans(FloatArray values) {
    checkArgument(
        values.shape().length() == 2 && values.rows() > 0,
        "the values must be of shape [rows, columns] with at least one row, found %s",
        values.shape());
    double[] flat = new double[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.values()[i];
    }
    return intervals(flat, values.rowSize());
  }

  /**
   * The interval of a metric of a model, from samples of rows. Samples for which the metric is not
   * defined, such as those with one class only, are drawn again.
   *
   * @param metric the metric, defined for all rows together
   * @param outputs the outputs, of shape {@code [rows, outputs]}
   * @param labels the labels, of shape {@code [rows]}
   * @return the interval
   * @throws UndefinedMetricException if the metric is not defined for most samples
   */
  public ConfidenceInterval ofMetric(ModelMetric metric, FloatArray outputs, FloatArray labels) {
    int rows = labels.size();
    checkArgument(rows > 0, "a metric needs at least one row, found none");
    return interval(
        drawn(rows, rows, some -> metric.of(outputs.gather(some), labels.gather(some))));
  }

  /**
   * The interval of the difference of a metric between two models, in pairs: both are judged by the
   * same samples of rows.
   *
   * @param metric the metric, defined for all rows together
   * @param first the outputs of a model, of shape {@code [rows, outputs]}
   * @param second those of the other one, of the same shape
   * @param labels the labels, of shape {@code [rows]}
   * @return the interval of the first less the second
   * @throws UndefinedMetricException if the metric is not defined for most samples
   */
  public ConfidenceInterval ofMetricDifference(
      ModelMetric metric, FloatArray first, FloatArray second, FloatArray labels) {
    return interval(differences(metric, first, ImmutableList.of(second), labels, labels.size()));
  }

  /**
   * The standard error of the difference of a metric between outputs and the mean over others, such
   * as those after each of some changes, in pairs.
   *
   * <p>Of more than 2,000 rows, samples of 2,000 are drawn, and their error is scaled by the root
   * of the number of rows.
   *
   * @param metric the metric, defined for all rows together
   * @param outputs the outputs, of shape {@code [rows, outputs]}
   * @param others the others, of the same shape each, at least one
   * @param labels the labels, of shape {@code [rows]}
   * @return the error, at least 0
   * @throws UndefinedMetricException if the metric is not defined for most samples
   */
  public double errorOfMetricDifference(
      ModelMetric metric, FloatArray outputs, List<FloatArray> others, FloatArray labels) {
    checkArgument(!others.isEmpty(), "a difference needs other outputs, found none");
    int rows = labels.size();
    int size = Math.min(rows, LARGEST_SAMPLE);
    try {
      return error(differences(metric, outputs, others, labels, size), size, rows);
    } catch (UndefinedMetricException e) {
      if (size == rows) {
        throw e;
      }
      // Of a class so rare that few samples have it, all rows are drawn.
      return error(differences(metric, outputs, others, labels, rows), rows, rows);
    }
  }

  private static double error(double[] drawn, int size, int rows) {
    return new StandardDeviation().evaluate(drawn) * Math.sqrt((double) size / rows);
  }

  private double[] differences(
      ModelMetric metric, FloatArray first, List<FloatArray> others, FloatArray labels, int size) {
    checkArgument(labels.size() > 0, "a metric needs at least one row, found none");
    return drawn(
        labels.size(),
        size,
        some -> {
          FloatArray of = labels.gather(some);
          double value = metric.of(first.gather(some), of);
          double mean = 0;
          for (FloatArray other : others) {
            mean += (value - metric.of(other.gather(some), of)) / others.size();
          }
          return mean;
        });
  }

  /** A figure of each sample of rows; those for which it is not defined are drawn again. */
  private double[] drawn(int rows, int size, ToDoubleFunction<int[]> figure) {
    var random = new DataRandom(seed);
    double[] drawn = new double[resamples];
    int undefined = 0;
    for (int sample = 0; sample < resamples; ) {
      int[] some = new int[size];
      for (int i = 0; i < size; i++) {
        some[i] = random.nextInt(rows);
      }
      try {
        drawn[sample] = figure.applyAsDouble(some);
        sample++;
      } catch (UndefinedMetricException e) {
        undefined++;
        if (undefined > resamples) {
          throw e;
        }
      }
    }
    return drawn;
  }

  private ConfidenceInterval interval(double[] drawn) {
    // R-7 interpolates between order statistics, the smallest and the largest included.
    var percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(drawn);
    return new ConfidenceInterval(
        percentile.evaluate(50 * (1 - confidence)),
        percentile.evaluate(50 * (1 + confidence)),
        confidence);
  }

  private ImmutableList<ConfidenceInterval> intervals(double[] values, int columns) {
    for (int i = 0; i < values.length; i++) {
      checkArgument(
          !Double.isNaN(values[i]),
          "the values must be numbers, found NaN in row %s, column %s",
          i / columns,
          i % columns);
    }
    ImmutableList.Builder<ConfidenceInterval> intervals = ImmutableList.builder();
    for (double[] column : drawnMeans(values, columns)) {
      intervals.add(interval(column));
    }
    return intervals.build();
  }

  /** The means of each column in each sample, of shape [columns][resamples]. */
  private double[][] drawnMeans(double[] values, int columns) {
    int rows = values.length / columns;
    double[][] means = new double[columns][resamples];
    double[] sums = new double[columns];
    var random = new DataRandom(seed);
    for (int sample = 0; sample < resamples; sample++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < rows; i++) {
        int from = random.nextInt(rows) * columns;
        for (int column = 0; column < columns; column++) {
          sums[column] += values[from + column];
        }
      }
      for (int column = 0; column < columns; column++) {
        means[column][sample] = sums[column] / rows;
      }
    }
    return means;
  }
}
