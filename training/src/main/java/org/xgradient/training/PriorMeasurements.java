package org.xgradient.training;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.Dataset;
import org.xgradient.data.table.ColumnGroups;

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
   * What the search came to.
   *
   * @param path the path of the search that this listened to
   * @return the report
   */
  public PriorReport report(LambdaPath path) {
    return new PriorReport(path, of(path.best()), of(path.without()), Optional.ofNullable(leftOut));
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
