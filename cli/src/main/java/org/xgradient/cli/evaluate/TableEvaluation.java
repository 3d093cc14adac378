package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.cli.report.ProgressReporter;
import org.xgradient.cli.report.ProgressTask;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.Fill;
import org.xgradient.metrics.Gini;
import org.xgradient.metrics.Infidelity;
import org.xgradient.metrics.KeptFractions;
import org.xgradient.metrics.MaskingCurve;
import org.xgradient.metrics.MaskingEvaluation;
import org.xgradient.metrics.MaskingMetric;
import org.xgradient.metrics.MaskingOptions;
import org.xgradient.metrics.MaskingResults;
import org.xgradient.metrics.Perturbation;
import org.xgradient.metrics.RankAgreement;
import org.xgradient.training.Predictor;

/**
 * Measures the methods of a comparison, all on the same rows.
 *
 * <p>Masked features become 0: numbers the mean of the training rows, levels of a category none.
 */
public final class TableEvaluation {

  /** Steps of insertion and deletion, where there are as many features. */
  private static final int CAUSAL_STEPS = 32;

  /** In standard deviations of a numeric column. */
  private static final double BASELINE_NOISE = 0.2;

  private static final int INFIDELITY_SAMPLES = 16;

  private final Comparison comparison;
  private final ProgressReporter reporter;
  private final Bootstrap bootstrap;
  private final int[] classes;
  private final AttributionRuns runs;
  private final ImmutableMap<String, Attributions> attributions;

  private TableEvaluation(Comparison comparison, ProgressReporter reporter) {
    this.comparison = comparison;
    this.reporter = reporter;
    bootstrap =
        Bootstrap.withDefaults().withConfidence(Evaluation.CONFIDENCE).withSeed(comparison.seed());
    classes = comparison.classes();
    runs = new AttributionRuns(comparison, reporter);
    attributions = runs.attributeAll();
  }

  /**
   * Measures.
   *
   * @param comparison what to measure
   * @param reporter shows how far the work is
   * @param provenance where the inputs came from, for the result
   * @return what was found
   * @throws IllegalArgumentException if a method does not apply to the model
   */
  public static Evaluation run(
      Comparison comparison, ProgressReporter reporter, Provenance provenance) {
    return new TableEvaluation(comparison, reporter).run(provenance);
  }

  private Evaluation run(Provenance provenance) {
    ImmutableList<BandedCurve> curves = curves();
    ImmutableList.Builder<MethodScore> scores = ImmutableList.builder();
    for (String method : comparison.methods().keySet()) {
      for (EvaluationMetric metric : comparison.metrics()) {
        scores.add(
            rows(method, metric, curves)
                .map(values -> MethodScore.of(method, metric, values, bootstrap))
                .orElseGet(() -> MethodScore.missing(method, metric)));
      }
    }
    FloatArray logits =
        Predictor.of(comparison.model().session(), comparison.model().model())
            .logits(comparison.features());
    return new Evaluation(
        comparison.methods().keySet(),
        comparison.metrics(),
        comparison.rows(),
        scores.build(),
        curves,
        ModelScores.of(comparison.model().labels().task(), logits, comparison.labels()),
        provenance);
  }

  /** The value of each row; empty where the metric does not apply to the method. */
  private Optional<double[]> rows(
      String method, EvaluationMetric metric, List<BandedCurve> curves) {
    Attributions found = attributions(method);
    return switch (metric) {
      case KPM, KNM, KAM, RPM, RNM, RAM, INSERTION, DELETION ->
          curves.stream()
              .filter(curve -> curve.metric() == metric)
              .filter(curve -> curve.curve().method().equals(method))
              .map(curve -> curve.curve().imageAucs())
              .findFirst();
      case COMPLETENESS -> found.completenessGap().map(TableEvaluation::absolute);
      case INFIDELITY -> infidelity(method, found.values());
      case SENSITIVITY -> Optional.of(runs.sensitivity(method));
      case SPARSITY -> Optional.of(Gini.ofRows(found.values()));
      case AGREEMENT -> agreement(found.values());
    };
  }

  private Attributions attributions(String method) {
    return Optional.ofNullable(attributions.get(method)).orElseThrow();
  }

  private static double[] absolute(FloatArray values) {
    double[] absolute = new double[values.size()];
    for (int i = 0; i < absolute.length; i++) {
      absolute[i] = Math.abs(values.values()[i]);
    }
    return absolute;
  }

  /** Of methods whose attributions are per unit of a feature, or become so by a division. */
  private Optional<double[]> infidelity(String name, FloatArray values) {
    AttributionMethod method = comparison.methods().get(name);
    boolean contributions =
        method instanceof InputXGradient
            || (method != null && method.completeFrom().map(Baseline::isZero).orElse(false));
    if (!contributions && !(method instanceof Gradient)) {
      return Optional.empty();
    }
    FloatArray features = comparison.features();
    FloatArray zeros = FloatArray.zeros(features.shape().toArray());
    FloatArray perUnit = contributions ? Infidelity.perUnit(values, features, zeros) : values;
    return Optional.of(
        Infidelity.of(
                comparison.model().session(),
                comparison.model().model(),
                Perturbation.towards(Baseline.zero(), BASELINE_NOISE))
            .ofRows(features, classes, perUnit, INFIDELITY_SAMPLES, comparison.seed()));
  }

  /** A single feature has no order to agree on. */
  private Optional<double[]> agreement(FloatArray values) {
    FloatArray first = attributions.values().asList().get(0).values();
    return values.rowSize() < 2
        ? Optional.empty()
        : Optional.of(RankAgreement.ofRows(values, first));
  }

  private ImmutableList<BandedCurve> curves() {
    int steps = Math.min(CAUSAL_STEPS, comparison.features().rowSize());
    var families = mask(MaskingOptions.withDefaults(), false);
    var causal =
        mask(MaskingOptions.withDefaults().withFractions(KeptFractions.linear(steps + 1)), true);
    ImmutableList.Builder<BandedCurve> curves = ImmutableList.builder();
    for (String method : comparison.methods().keySet()) {
      for (EvaluationMetric metric : comparison.metrics()) {
        Stream.of(families, causal)
            .flatMap(Optional::stream)
            .flatMap(results -> find(results, method, metric).stream())
            .forEach(curve -> curves.add(BandedCurve.of(metric, curve, bootstrap)));
      }
    }
    return curves.build();
  }

  private static Optional<MaskingCurve> find(
      MaskingResults results, String method, EvaluationMetric metric) {
    return results.curves().stream()
        .filter(curve -> curve.method().equals(method))
        .filter(curve -> metric.masking().filter(curve.metric()::equals).isPresent())
        .findFirst();
  }

  /** Empty if no such metric is asked for. */
  private Optional<MaskingResults> mask(MaskingOptions options, boolean causal) {
    ImmutableList<MaskingMetric> metrics =
        comparison.metrics().stream()
            .filter(metric -> metric.isCausal() == causal)
            .flatMap(metric -> metric.masking().stream())
            .collect(ImmutableList.toImmutableList());
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    String name = causal ? "insertion and deletion" : "masking";
    long total = (long) comparison.rows() * attributions.size();
    try (ProgressTask task = reporter.start(name, total, "rows")) {
      return Optional.of(
          MaskingEvaluation.of(
                  comparison.model().session(),
                  comparison.model().model(),
                  options
                      .withMetrics(metrics)
                      .withFill(Fill.constant(0))
                      .withMemoryBudget(comparison.memoryBudget())
                      .withProgress(progress -> task.advanceTo(progress.done())))
              .evaluate(
                  comparison.features(),
                  classes,
                  Maps.transformValues(attributions, Attributions::values)));
    }
  }
}
