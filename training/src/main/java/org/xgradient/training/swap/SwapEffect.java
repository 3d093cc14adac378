package org.xgradient.training.swap;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.Task;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Predictor;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.UndefinedMetricException;
import org.xgradient.training.objective.Masked;
import org.xgradient.training.objective.MaskedFeatures;

/**
 * What happens to the predictions of a model when some features of a row are replaced by those of
 * another row that differs there, or words of a text by others of their list, all else equal: how
 * much the model depends on them. For test suites that hold a model to ignore, say, a protected
 * column.
 *
 * <p>A share of the attribution says what a function reads at the rows as they are; a function
 * whose gates open by a feature can change with it and give it no attribution there. This changes
 * the feature or the word and looks.
 *
 * @param task the task of the model
 * @param rows the number of rows in which there is something to replace
 * @param changed the share of their decisions that change, in {@code [0, 1]}; of a regression, the
 *     mean absolute change over the standard deviation of the labels
 * @param meanChange the mean absolute change of the output: of the probability of the positive
 *     class, in {@code [0, 1]}; of several classes half the sum over their probabilities, in {@code
 *     [0, 1]}; of a regression in the units of the output
 * @param metric the usual metric of the task on the rows as they are
 * @param metricAfter that on the rows after the replacement
 * @param metricError the standard error of the change of the metric, by a paired bootstrap of the
 *     rows; 0 where there is none to be had
 */
public record SwapEffect(
    Task task,
    int rows,
    double changed,
    double meanChange,
    double metric,
    double metricAfter,
    double metricError) {

  /** How often each row is drawn a replacement. */
  private static final int DRAWS = 5;

  /** Samples of the rows, for the error of the metric's change. */
  private static final int RESAMPLES = 200;

  /** More rows than have so many values, such as thousands of photographs, are not looked at. */
  private static final int MOST_VALUES = 1 << 24;

  /**
   * Measures the effect of features.
   *
   * @param model the model
   * @param data the rows and their labels, at least one
   * @param mask 1 for each feature to replace, 0 for the others, of the shape of one row
   * @return the effect, over some draws from a fixed seed
   * @throws IllegalArgumentException if the mask is not of that shape, has no feature or another
   *     value, or the metric is not defined for the labels
   */
  public static SwapEffect of(BoundModel model, Dataset data, FloatArray mask) {
    return of(model, data, new MaskedFeatures(mask));
  }

  /**
   * Measures the effect of what a model must not depend on: features are those of another row,
   * words are other ones of their list, or blanks. Of rows that have more than 17 million values
   * together, so many are taken as have fewer, evenly spaced.
   *
   * @param model the model
   * @param data the rows and their labels, at least one
   * @param masked what to replace
   * @return the effect, over some draws from a fixed seed
   * @throws IllegalArgumentException if what to replace does not fit the rows, or the metric is not
   *     defined for the labels
   */
  public static SwapEffect of(BoundModel model, Dataset data, Masked masked) {
    Batch all = sample(data);
    Predictor predictor = Predictor.of(model);
    ModelMetric metric = ModelMetric.of(data.task());
    Replacement swap = Replacement.of(all.inputs(), masked);
    FloatArray before = predictor.logits(all.inputs());
    double changed = 0;
    double change = 0;
    double asItIs = metric.of(before, all.labels());
    double gain = 0;
    int rows = 0;
    List<FloatArray> others = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      FloatArray swapped = swap.draw(Seeds.derive(0, "swap", draw));
      rows = differing(all.inputs(), swapped);
      FloatArray logits = predictor.logits(swapped);
      others.add(logits);
      Decisions decisions = new Decisions(data.task(), before, logits);
      changed += decisions.changed() / DRAWS;
      change += decisions.meanChange() / DRAWS;
      // Differences, so that none stays none.
      gain += (metric.of(logits, all.labels()) - asItIs) / DRAWS;
    }
    if (data.task() == Task.REGRESSION) {
      changed = change / deviation(all.labels());
    }
    // Rows that stayed as they are say nothing.
    double scale = rows == 0 ? 0 : (double) all.size() / rows;
    return new SwapEffect(
        data.task(),
        rows,
        scale * changed,
        scale * change,
        asItIs,
        asItIs + gain,
        error(metric, before, others, all.labels()));
  }

  private static double error(
      ModelMetric metric, FloatArray before, List<FloatArray> after, FloatArray labels) {
    try {
      return new Bootstrap(RESAMPLES, 0.95, 0)
          .errorOfMetricDifference(metric, before, after, labels);
    } catch (UndefinedMetricException e) {
      // A row or two of a class: no sample says how sure that is.
      return 0;
    }
  }

  /**
   * Whether the metric stays, as far as the rows can tell: it falls by no more than a limit, or by
   * no more than the standard error of its change. A share of changed decisions does not see all:
   * of a rare class hardly any decision changes, whatever becomes of their ranking.
   *
   * @param limit how much the metric may fall, at least 0
   * @return whether it does
   */
  public boolean keepsMetric(double limit) {
    return metric - metricAfter <= Math.max(limit, metricError);
  }

  private static Batch sample(Dataset data) {
    int values = 1;
    for (int i = 0; i < data.inputShape().length(); i++) {
      values *= data.inputShape().get(i);
    }
    int rows = Math.min(data.size(), Math.max(1, MOST_VALUES / values));
    return rows == data.size()
        ? data.all()
        : data.batch(
            IntStream.range(0, rows).map(i -> (int) ((long) i * data.size() / rows)).toArray());
  }

  private static int differing(FloatArray rows, FloatArray others) {
    int size = rows.rowSize();
    int differing = 0;
    for (int row = 0; row < rows.rows(); row++) {
      int from = row * size;
      boolean same =
          Arrays.equals(rows.values(), from, from + size, others.values(), from, from + size);
      differing += same ? 0 : 1;
    }
    return differing;
  }

  private static double deviation(FloatArray labels) {
    double sum = 0;
    for (float label : labels.values()) {
      sum += label;
    }
    double mean = sum / labels.size();
    double squares = 0;
    for (float label : labels.values()) {
      squares += (label - mean) * (label - mean);
    }
    checkArgument(squares > 0, "the labels must differ, found only %s", mean);
    return Math.sqrt(squares / labels.size());
  }

  /**
   * Asserts that the model hardly depends on what was swapped.
   *
   * @param limit the largest share of changed decisions that is allowed, in {@code [0, 1]}; of a
   *     regression, the largest mean change over the standard deviation of the labels
   * @throws AssertionError if more change, the message says how many; or if nothing could be
   *     swapped
   * @throws IllegalArgumentException if the limit is not in {@code [0, 1]}
   */
  public void assertAtMost(double limit) {
    checkArgument(limit >= 0 && limit <= 1, "the limit must be in [0, 1], found %s", limit);
    if (rows == 0) {
      throw new AssertionError(
          "there is nothing to swap, for all rows agree in what is masked, so that they can't show"
              + " whether the model depends on it");
    }
    if (changed > limit) {
      throw new AssertionError(
          "a swap changes %s, at most %.3g %% are allowed; the metric goes from %.3g to %.3g"
              .formatted(told(), 100 * limit, metric, metricAfter));
    }
  }

  /**
   * Asserts that the model hardly depends on what was swapped, its decisions and its metric.
   *
   * @param limit the largest share of changed decisions that is allowed, as above
   * @param metricLimit how much the metric may fall, at least 0; a fall within its standard error
   *     is no failure
   * @throws AssertionError if more changes; the message says how much
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public void assertAtMost(double limit, double metricLimit) {
    checkArgument(
        metricLimit >= 0, "the limit of the metric must be at least 0, found %s", metricLimit);
    assertAtMost(limit);
    if (!keepsMetric(metricLimit)) {
      throw new AssertionError(
          ("a swap takes the metric on %d rows from %.3g to %.3g (standard error of the change:"
                  + " %.2g), at most %.3g are allowed; it changes %s")
              .formatted(rows, metric, metricAfter, metricError, metricLimit, told()));
    }
  }

  private String told() {
    return task == Task.REGRESSION
        ? "the outputs of %d rows by %.3g %% of the labels' standard deviation"
            .formatted(rows, 100 * changed)
        : "%.3g %% of the decisions of %d rows".formatted(100 * changed, rows);
  }
}
