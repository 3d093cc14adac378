package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Locale;
import java.util.OptionalDouble;
import org.xgradient.data.SampleMean;
import org.xgradient.data.Task;
import org.xgradient.metrics.ModelMetric;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.swap.SwapEffect;

/** Which weight of the priors a {@link LambdaSearch} takes. */
public sealed interface LambdaRule {

  /** {@return the weights to try, in increasing order, the first one 0} */
  ImmutableDoubleArray lambdas();

  /**
   * Finds the weight to take among those tried so far.
   *
   * @param points what came of the weights, in increasing order, at least one
   * @return the index of the point
   */
  int choose(ImmutableList<LambdaPoint> points);

  /**
   * Whether larger weights need not be tried.
   *
   * @param points what came of the weights so far, in increasing order, at least one
   * @return whether the choice can't change any more
   */
  boolean isDecided(ImmutableList<LambdaPoint> points);

  /**
   * Whether a point keeps what its prior was asked for.
   *
   * @param point what came of a weight
   * @return whether it does
   */
  boolean isKept(LambdaPoint point);

  /**
   * The rule for an objective: for a demand of independence the weakest weight that meets it, for
   * other priors the strongest that costs nothing.
   *
   * @param objective the objective
   * @return the rule
   */
  static LambdaRule of(Objective objective) {
    return objective.masked().isPresent()
        ? WeakestIndependent.withDefaults()
        : StrongestWithin.oneError();
  }

  /**
   * For priors that should help or cost nothing: the strongest weight whose validation loss is
   * within one standard error of the best one, as the lasso's rule has it, and whose usual metric
   * is hardly below that of the best one. On few rows the error of the loss alone would allow more
   * than nothing.
   *
   * @param lambdas the weights to try, in increasing order, the first one 0
   * @param tolerance how much the mean validation loss may be above the best one; empty for the
   *     standard error of that
   * @param metricTolerance how much the usual metric of the task may be worse, at least 0
   */
  record StrongestWithin(
      ImmutableDoubleArray lambdas, OptionalDouble tolerance, double metricTolerance)
      implements LambdaRule {

    private static final ImmutableDoubleArray USUAL =
        ImmutableDoubleArray.of(0, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1);

    private static final double METRIC_TOLERANCE = 0.01;

    /** After so many weights in a row that are worse, all larger ones are. */
    private static final int WORSE = 2;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the weights don't increase from 0, or a tolerance is
     *     negative or not finite
     */
    public StrongestWithin {
      check(lambdas);
      checkArgument(
          tolerance.isEmpty()
              || (tolerance.getAsDouble() >= 0 && Double.isFinite(tolerance.getAsDouble())),
          "the tolerance must be at least 0 and finite, found %s",
          tolerance.orElse(0));
      checkArgument(
          metricTolerance >= 0,
          "the tolerance of the metric must be at least 0, found %s",
          metricTolerance);
    }

    /** {@return the rule of one standard error, over the usual weights} */
    public static StrongestWithin oneError() {
      return new StrongestWithin(USUAL, OptionalDouble.empty(), METRIC_TOLERANCE);
    }

    /**
     * The same with a given tolerance.
     *
     * @param loss how much the mean validation loss may be above the best one, at least 0
     * @return the rule
     */
    public StrongestWithin withTolerance(double loss) {
      return new StrongestWithin(lambdas, OptionalDouble.of(loss), metricTolerance);
    }

    @Override
    public int choose(ImmutableList<LambdaPoint> points) {
      LambdaPoint best = best(points);
      for (int i = points.size() - 1; i > 0; i--) {
        if (isWithin(points.get(i), best)) {
          return i;
        }
      }
      return 0;
    }

    @Override
    public boolean isDecided(ImmutableList<LambdaPoint> points) {
      if (points.size() <= WORSE) {
        return false;
      }
      LambdaPoint best = best(points);
      return points.subList(points.size() - WORSE, points.size()).stream()
          .noneMatch(point -> isWithin(point, best));
    }

    /** A prior that is too dear is given no weight, so that it is always kept. */
    @Override
    public boolean isKept(LambdaPoint point) {
      return true;
    }

    private static LambdaPoint best(ImmutableList<LambdaPoint> points) {
      LambdaPoint best = points.get(0);
      for (LambdaPoint point : points) {
        best = point.loss() < best.loss() ? point : best;
      }
      return best;
    }

    private boolean isWithin(LambdaPoint point, LambdaPoint best) {
      SampleMean loss = SampleMean.of(best.losses().toArray());
      // Higher is better of all usual metrics.
      return point.loss() <= loss.mean() + tolerance.orElse(loss.error())
          && point.metric() >= best.metric() - metricTolerance;
    }
  }

  /**
   * For a demand that outputs do not depend on some features: the weakest weight at which a swap of
   * the features hardly changes decisions and hardly lowers the usual metric, whatever that costs.
   *
   * @param lambdas the weights to try, in increasing order, the first one 0
   * @param changed the share of the validation decisions that a swap may change, in {@code [0, 1]};
   *     of a regression, the mean change over the standard deviation of the labels
   * @param metricFall how much a swap may lower the metric, at least 0; on few rows, where the
   *     standard error of the change is larger than that, so much
   */
  record WeakestIndependent(ImmutableDoubleArray lambdas, double changed, double metricFall)
      implements LambdaRule {

    private static final ImmutableDoubleArray USUAL = ImmutableDoubleArray.of(0, 1, 10, 100, 1000);

    /** The share of decisions that a swap may change by default. */
    public static final double CHANGED = 0.02;

    /** How much a swap may lower the metric by default. */
    public static final double METRIC_FALL = 0.01;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the weights don't increase from 0, or a limit is out of
     *     its range
     */
    public WeakestIndependent {
      check(lambdas);
      checkArgument(
          changed >= 0 && changed <= 1,
          "the share of changed decisions must be in [0, 1], found %s",
          changed);
      checkArgument(
          metricFall >= 0, "the fall of the metric must be at least 0, found %s", metricFall);
    }

    /** {@return the rule that allows 2 % of changed decisions and a fall of the metric of 0.01} */
    public static WeakestIndependent withDefaults() {
      return new WeakestIndependent(USUAL, CHANGED, METRIC_FALL);
    }

    @Override
    public int choose(ImmutableList<LambdaPoint> points) {
      int kept = Iterables.indexOf(points, this::isKept);
      return kept >= 0 ? kept : points.size() - 1;
    }

    @Override
    public boolean isDecided(ImmutableList<LambdaPoint> points) {
      return points.stream().anyMatch(this::isKept);
    }

    /**
     * What a swap changes that is more than this allows.
     *
     * @param swap what it does
     * @return a phrase for each, as it goes on after "a swap"; empty if all is kept
     */
    public ImmutableList<String> failures(SwapEffect swap) {
      ImmutableList.Builder<String> phrases = ImmutableList.builder();
      if (swap.changed() > changed) {
        phrases.add(
            String.format(
                Locale.ROOT,
                swap.task() == Task.REGRESSION
                    ? "changes the output by %.3g %% of the label's deviation on the mean, more than %.0f %%"
                    : "changes %.3g %% of the decisions, more than %.0f %%",
                100 * swap.changed(),
                100 * changed));
      }
      if (!swap.keepsMetric(metricFall)) {
        phrases.add(
            String.format(
                Locale.ROOT,
                "takes the %s from %.3f to %.3f, by more than %.2f and the standard error of that, %.3f",
                ModelMetric.of(swap.task()).name(),
                swap.metric(),
                swap.metricAfter(),
                metricFall,
                swap.metricError()));
      }
      return phrases.build();
    }

    /** Without weight nothing was asked for. */
    @Override
    public boolean isKept(LambdaPoint point) {
      return point.lambda() > 0
          && point
              .swap()
              .filter(swap -> swap.changed() <= changed && swap.keepsMetric(metricFall))
              .isPresent();
    }
  }

  /**
   * A weight that the user chose, beside the model without the priors.
   *
   * @param lambda the weight, above 0 and finite
   */
  record Given(double lambda) implements LambdaRule {

    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public Given {
      check(ImmutableDoubleArray.of(0, lambda));
    }

    @Override
    public ImmutableDoubleArray lambdas() {
      return ImmutableDoubleArray.of(0, lambda);
    }

    @Override
    public int choose(ImmutableList<LambdaPoint> points) {
      return points.size() - 1;
    }

    @Override
    public boolean isDecided(ImmutableList<LambdaPoint> points) {
      return points.size() > 1;
    }

    /** As far as the validation data say. */
    @Override
    public boolean isKept(LambdaPoint point) {
      return point.swap().isEmpty() || WeakestIndependent.withDefaults().isKept(point);
    }
  }

  private static void check(ImmutableDoubleArray lambdas) {
    checkArgument(
        !lambdas.isEmpty() && lambdas.get(0) == 0,
        "the weights must begin with 0, the model without the prior, found %s",
        lambdas);
    for (int i = 1; i < lambdas.length(); i++) {
      checkArgument(
          lambdas.get(i) > lambdas.get(i - 1) && Double.isFinite(lambdas.get(i)),
          "the weights must increase and be finite, found %s",
          lambdas);
    }
  }
}
