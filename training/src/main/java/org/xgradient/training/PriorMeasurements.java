package org.xgradient.training;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.Dataset;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.ConfidenceInterval;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.metrics.UndefinedMetricException;

/**
 * Measures each model of a {@link LambdaSearch} on test rows, so that the one that is taken can be
 * held against those that were not.
 */
public final class PriorMeasurements implements LambdaSearch.Listener {

  private final Trainer trainer;
  private final Dataset test;
  private final ColumnGroups groups;
  private final AttributionMethod method;
  private final TrainingOptions options;
  private final Map<Double, PriorFigures> figures = new HashMap<>();
  private @Nullable PriorFigures leftOut;

  /**
   * Measurements of what a search tries.
   *
   * @param trainer the trainer of the search
   * @param test the test rows, at least one
   * @param groups which features come from which column
   * @param method what computes the attributions
   * @param options the seed and the memory budget
   */
  public PriorMeasurements(
      Trainer trainer,
      Dataset test,
      ColumnGroups groups,
      AttributionMethod method,
      TrainingOptions options) {
    this.trainer = trainer;
    this.test = test;
    this.groups = groups;
    this.method = method;
    this.options = options;
  }

  @Override
  public void tried(LambdaPoint point) {
    figures.put(point.lambda(), measure(test));
  }

  @Override
  public void leftOut(LambdaPoint point) {
    leftOut = measure(new MaskedDataset(test, trainer.objective().masked().orElseThrow()));
  }

  private PriorFigures measure(Dataset rows) {
    return PriorFigures.of(trainer, rows, groups, method, options);
  }

  /**
   * What a training came to that was no search: without what to hold it against.
   *
   * @param rows what the rows are, such as "test"
   * @return the report of the model of the trainer as it is now
   */
  public PriorReport alone(String rows) {
    return new PriorReport(
        Optional.empty(),
        measure(test),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        rows);
  }

  /**
   * What the search came to.
   *
   * @param path the path of the search that this listened to
   * @param rows what the rows are, such as "test"
   * @return the report
   */
  public PriorReport report(LambdaPath path, String rows) {
    PriorFigures with = of(path.best());
    PriorFigures without = of(path.without());
    return new PriorReport(
        Optional.of(path),
        with,
        Optional.of(without),
        Optional.ofNullable(leftOut),
        gain(with, without),
        rows);
  }

  private Optional<ConfidenceInterval> gain(PriorFigures with, PriorFigures without) {
    try {
      return Optional.of(
          Bootstrap.withDefaults()
              .ofMetricDifference(
                  ModelMetric.of(test.task()),
                  with.outputs(),
                  without.outputs(),
                  test.all().labels()));
    } catch (UndefinedMetricException e) {
      return Optional.empty();
    }
  }

  /**
   * The figures of one weight.
   *
   * @param point a point of the path
   * @return its figures on the test rows
   */
  public PriorFigures of(LambdaPoint point) {
    return Objects.requireNonNull(
        figures.get(point.lambda()), "the point is not of the search that this listened to");
  }
}
