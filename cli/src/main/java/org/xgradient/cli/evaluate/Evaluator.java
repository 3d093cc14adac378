package org.xgradient.cli.evaluate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.graph.Predictor;
import org.xgradient.metrics.Bootstrap;
import org.xgradient.metrics.Gini;
import org.xgradient.metrics.Infidelity;
import org.xgradient.metrics.ParameterRandomization;
import org.xgradient.metrics.Perturbation;
import org.xgradient.metrics.RankAgreement;
import org.xgradient.metrics.masking.MaskingCurve;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;

/** Measures the methods of a comparison, all on the same inputs. */
public final class Evaluator {

  /** In standard deviations of a numeric column, or of the colors of an image. */
  private static final double BASELINE_NOISE = 0.2;

  private static final int INFIDELITY_SAMPLES = 16;

  private final PlannedEvaluation comparison;
  private final ProgressReporter reporter;
  private final Bootstrap bootstrap;
  private final int[] classes;
  private final AttributionRuns runs;
  private final ImmutableMap<String, Attributions> attributions;

  private Evaluator(PlannedEvaluation comparison, ProgressReporter reporter) {
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
      PlannedEvaluation comparison, ProgressReporter reporter, Provenance provenance) {
    return new Evaluator(comparison, reporter).run(provenance);
  }

  private Evaluation run(Provenance provenance) {
    ImmutableList<BandedCurve> curves = curves();
    var randomizations = randomize();
    ImmutableList.Builder<MethodScore> scores = ImmutableList.builder();
    for (String method : comparison.methods().keySet()) {
      for (EvaluationMetric metric : comparison.metrics()) {
        scores.add(
            metric == EvaluationMetric.RANDOMIZATION
                ? MethodScore.of(method, metric, agreement(randomizations.get(method)))
                : rows(method, metric, curves)
                    .map(values -> MethodScore.of(method, metric, values, bootstrap))
                    .orElseGet(() -> MethodScore.missing(method, metric)));
      }
    }
    FloatArray logits = Predictor.of(comparison.subject()).logits(comparison.inputs());
    return new Evaluation(
        comparison.subject().wording(),
        comparison.methods().keySet(),
        comparison.metrics(),
        comparison.rows(),
        scores.build(),
        curves,
        ExamplePart.masked(comparison.subject().wording(), examples(curves)),
        randomizations,
        ModelScores.of(
            comparison.subject().task(), logits, comparison.labels(), comparison.subject().unit()),
        provenance);
  }

  /** Empty where it was not asked for, or there is nothing to randomize. */
  private ImmutableMap<String, ImmutableList<ParameterRandomization>> randomize() {
    if (!comparison.metrics().contains(EvaluationMetric.RANDOMIZATION)
        || comparison.inputs().rowSize() < 2
        || comparison.subject().model().parameters().isEmpty()) {
      return ImmutableMap.of();
    }
    ImmutableMap.Builder<String, ImmutableList<ParameterRandomization>> all =
        ImmutableMap.builder();
    comparison.methods().keySet().forEach(name -> all.put(name, runs.randomization(name)));
    return all.buildOrThrow();
  }

  /** When all is random. */
  private static double agreement(@Nullable List<ParameterRandomization> steps) {
    return steps == null ? Double.NaN : steps.get(steps.size() - 1).absoluteAgreement();
  }

  /** Of the first metric by which parts are kept. */
  private ImmutableList<Example> examples(ImmutableList<BandedCurve> curves) {
    return curves.stream()
        .map(BandedCurve::metric)
        .filter(metric -> !metric.isCausal())
        .findFirst()
        .map(
            metric ->
                comparison
                    .subject()
                    .examples(
                        comparison.inputs(),
                        ImmutableMap.copyOf(
                            Maps.transformValues(attributions, Attributions::values)),
                        curves.stream()
                            .filter(curve -> curve.metric() == metric)
                            .collect(ImmutableList.toImmutableList())))
        .orElse(ImmutableList.of());
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
      case COMPLETENESS -> found.completenessGap().map(Evaluator::absolute);
      case INFIDELITY -> infidelity(method, found.values());
      case SENSITIVITY -> Optional.of(runs.sensitivity(method));
      case SPARSITY -> Optional.of(Gini.ofRows(found.values()));
      case AGREEMENT -> agreement(found.values());
      case RANDOMIZATION -> Optional.empty();
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
    AttributionMethod method =
        Optional.ofNullable(comparison.methods().get(name)).orElseThrow().method();
    boolean contributions =
        method instanceof InputXGradient
            || method.completeFrom().map(Baseline::isZero).orElse(false);
    if (!contributions && !(method instanceof Gradient)) {
      return Optional.empty();
    }
    FloatArray features = comparison.inputs();
    FloatArray zeros = FloatArray.zeros(features.shape().toArray());
    FloatArray perUnit = contributions ? Infidelity.perUnit(values, features, zeros) : values;
    return Optional.of(
        Infidelity.of(comparison.subject(), Perturbation.towards(Baseline.zero(), BASELINE_NOISE))
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
    ImmutableList<MaskingResults> measured =
        comparison.subject().maskings().stream()
            .flatMap(options -> mask(options).stream())
            .collect(ImmutableList.toImmutableList());
    ImmutableList.Builder<BandedCurve> curves = ImmutableList.builder();
    for (String method : comparison.methods().keySet()) {
      for (EvaluationMetric metric : comparison.metrics()) {
        measured.stream()
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

  /** Empty if none of its metrics is asked for. */
  private Optional<MaskingResults> mask(MaskingOptions options) {
    ImmutableList<MaskingMetric> metrics =
        comparison.metrics().stream()
            .flatMap(metric -> metric.masking().stream())
            .filter(options.metrics()::contains)
            .collect(ImmutableList.toImmutableList());
    if (metrics.isEmpty()) {
      return Optional.empty();
    }
    String name =
        "masking for "
            + metrics.stream().map(MaskingMetric::name).collect(Collectors.joining(", "));
    long total = (long) comparison.rows() * attributions.size();
    String unit = comparison.subject().wording().inputs();
    try (ProgressTask task = reporter.start(name, total, unit)) {
      return Optional.of(
          MaskingEvaluation.of(
                  comparison.subject(),
                  options
                      .withMetrics(metrics)
                      .withMemoryBudget(comparison.memoryBudget())
                      .withProgress(progress -> task.advanceTo(progress.done())))
              .evaluate(
                  comparison.inputs(),
                  classes,
                  Maps.transformValues(attributions, Attributions::values)));
    }
  }
}
