package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.Gradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.attribution.reference.SharedReferenceGradients;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.metrics.MethodAttributors;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;

/** How well attributions say which pixels matter, by the masking metrics: FAA, Table 3. */
public final class MaskingExperiment
    extends ImageExperiment<MaskingExperiment.Configuration, MaskingExperiment.Result> {

  /** The metrics of the paper, in its order. */
  public static final ImmutableList<MaskingMetric> METRICS =
      ImmutableList.of(MaskingMetric.KPM, MaskingMetric.KNM, MaskingMetric.KAM, MaskingMetric.RAM);

  /** The name of Integrated Gradients. */
  public static final String INTEGRATED = "IG";

  /** The name of X-Gradient. */
  public static final String X_GRADIENT = "X-Gradient";

  private static final String RANDOM = "Random";
  private static final String GRADIENT = "Gradient";
  private static final String EXPECTED = "EG(1)";

  /** How many of the images serve as references of EG(1) at most; they are held in the graph. */
  private static final int MOST_REFERENCES = 64;

  /** Up to this part of the value of Integrated Gradients two methods count as about the same. */
  private static final double SAME = 0.02;

  private static final int PART = 16;

  /** FAA, Table 3: KPM, KNM, KAM, RAM of AlexNet and of X-AlexNet. */
  private static final ImmutableMap<String, ImmutableMap<String, List<Double>>> PUBLISHED =
      ImmutableMap.of(
          "AlexNet",
          ImmutableMap.of(
              INTEGRATED, List.of(7.57, 1.67, 25.22, 11.12),
              RANDOM, List.of(3.68, 3.68, 14.12, 14.10),
              GRADIENT, List.of(3.62, 3.88, 20.78, 11.82),
              EXPECTED, List.of(4.92, 2.97, 20.49, 13.76)),
          "X-AlexNet",
          ImmutableMap.of(
              INTEGRATED, List.of(7.38, 2.21, 21.79, 11.68),
              RANDOM, List.of(3.81, 3.81, 13.52, 13.50),
              GRADIENT, List.of(3.87, 4.34, 19.75, 11.25),
              EXPECTED, List.of(5.41, 3.19, 19.47, 13.19),
              X_GRADIENT, List.of(7.38, 2.21, 21.83, 11.68)));

  /**
   * The configuration.
   *
   * @param subjects networks and images
   * @param steps the number of steps of Integrated Gradients, at least 1
   */
  public record Configuration(@JsonUnwrapped ImageSubjects subjects, int steps) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Configuration {
      checkArgument(steps >= 1, "\"steps\" must be at least 1, found %s", steps);
    }
  }

  /**
   * What was measured of a network.
   *
   * @param homogeneous whether the model is proven homogeneous
   * @param scores the scores of each method
   */
  public record Result(boolean homogeneous, List<Scores> scores) {}

  /**
   * The scores of a method.
   *
   * @param method the name of the method
   * @param metric the name of the metric
   * @param areas the area under the curve of each image
   */
  public record Scores(String method, String metric, List<Double> areas) {}

  /** The experiment. */
  public MaskingExperiment() {
    super(
        new Description<>(
            "metrics",
            "How well attributions say which pixels matter",
            "FAA, Table 3",
            Configuration.class,
            ImageTask.class,
            Result.class),
        Configuration::subjects);
  }

  @Override
  public Result measure(Configuration configuration, OpenNetwork network) {
    boolean homogeneous = network.isHomogeneous();
    var options = AttributorOptions.withDefaults();
    MethodAttributors methods =
        MethodAttributors.of(network, methods(configuration, network), options);
    MaskingResults results =
        MaskingEvaluation.of(network, MaskingOptions.withDefaults().withMetrics(METRICS))
            .evaluate(network.images(), methods, PART);
    List<Scores> scores = new ArrayList<>();
    results
        .curves()
        .forEach(
            curve ->
                scores.add(
                    new Scores(
                        curve.method(), curve.metric().name(), Doubles.asList(curve.imageAucs()))));
    return new Result(homogeneous, scores);
  }

  private static Map<String, AttributionMethod> methods(
      Configuration configuration, OpenNetwork network) {
    int references = Math.min(MOST_REFERENCES, network.images().size());
    int[] first = IntStream.range(0, references).toArray();
    Map<String, AttributionMethod> methods = new LinkedHashMap<>();
    methods.put(
        INTEGRATED,
        new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(configuration.steps())));
    methods.put(RANDOM, new RandomAttribution());
    methods.put(GRADIENT, new Gradient());
    methods.put(EXPECTED, new SharedReferenceGradients(network.images().batch(first).inputs(), 2));
    if (network.isHomogeneous()) {
      methods.put(X_GRADIENT, new XGradient());
    }
    return methods;
  }

  /**
   * The areas under the curves of all images of a network.
   *
   * @param results the results
   * @param network the name of the network
   * @param method the name of the method
   * @param metric the metric
   * @return the areas; none where the method was not applied
   */
  public double[] areas(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      String method,
      MaskingMetric metric) {
    return results.of(task -> task.network().equals(network)).stream()
        .flatMap(result -> result.scores().stream())
        .filter(score -> score.method().equals(method) && score.metric().equals(metric.name()))
        .flatMap(score -> score.areas().stream())
        .mapToDouble(area -> area)
        .toArray();
  }

  /**
   * The methods that were applied to a network.
   *
   * @param results the results
   * @param network the name of the network
   * @return their names
   */
  public ImmutableList<String> methods(
      ExperimentResults<Configuration, ImageTask, Result> results, String network) {
    return results.of(task -> task.network().equals(network)).stream()
        .flatMap(result -> result.scores().stream())
        .map(Scores::method)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return KPM, KNM, KAM and RAM as printed, by network and method} */
  public static ImmutableMap<String, ImmutableMap<String, List<Double>>> published() {
    return PUBLISHED;
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    for (String network : networks(results)) {
      for (String other : List.of(RANDOM, GRADIENT, EXPECTED)) {
        findings.add(higher(results, network, MaskingMetric.KPM, INTEGRATED, other));
        findings.add(higher(results, network, MaskingMetric.KNM, other, INTEGRATED));
        findings.add(higher(results, network, MaskingMetric.KAM, INTEGRATED, other));
      }
      findings.add(higher(results, network, MaskingMetric.RAM, RANDOM, INTEGRATED));
      findings.add(higher(results, network, MaskingMetric.RAM, RANDOM, GRADIENT));
      if (methods(results, network).contains(X_GRADIENT)) {
        METRICS.forEach(metric -> findings.add(same(results, network, metric)));
      }
    }
    return findings.build();
  }

  private Finding higher(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      MaskingMetric metric,
      String first,
      String second) {
    return Claim.higher("%s on %s".formatted(metric.name(), network), first, second)
        .test(areas(results, network, first, metric), areas(results, network, second, metric));
  }

  private Finding same(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      MaskingMetric metric) {
    double[] integrated = areas(results, network, INTEGRATED, metric);
    double margin = SAME * Math.abs(Arrays.stream(integrated).average().orElseThrow());
    // Where the mean is 0, any difference counts.
    return Claim.similar(
            "%s on %s".formatted(metric.name(), network),
            X_GRADIENT,
            INTEGRATED,
            Math.max(margin, Float.MIN_NORMAL))
        .test(areas(results, network, X_GRADIENT, metric), integrated);
  }
}
