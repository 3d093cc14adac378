package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.Quadrature.Rule;
import org.xgradient.data.FloatArray;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.metrics.MethodAttributors;

/**
 * How many steps Integrated Gradients needs: the mean absolute difference to many steps, for each
 * quadrature rule. FAA, Fig. 3.
 */
public final class ConvergenceExperiment
    extends ImageExperiment<ConvergenceExperiment.Configuration, ConvergenceExperiment.Result> {

  /** Up to this part of the mean absolute attribution Integrated Gradients counts as converged. */
  private static final double CONVERGED = 0.01;

  /** At this number of steps it has, says the paper. */
  private static final int CONVERGED_STEPS = 128;

  private static final int BATCH = 8;

  /**
   * The configuration.
   *
   * @param subjects networks and images
   * @param rules the quadrature rules
   * @param steps the numbers of steps, rising
   * @param reference the number of Gauss-Legendre steps to compare with, at least 1
   */
  public record Configuration(
      @JsonUnwrapped ImageSubjects subjects, List<Rule> rules, List<Integer> steps, int reference) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there is no rule, or the steps do not rise from at least
     *     1
     */
    public Configuration {
      checkArgument(!rules.isEmpty(), "\"rules\" must have a rule, found none");
      checkArgument(
          !steps.isEmpty() && steps.get(0) >= 1, "\"steps\" must be at least 1, found %s", steps);
      for (int i = 1; i < steps.size(); i++) {
        checkArgument(steps.get(i) > steps.get(i - 1), "\"steps\" must rise, found %s", steps);
      }
      checkArgument(reference >= 1, "\"reference\" must be at least 1, found %s", reference);
      rules = List.copyOf(rules);
      steps = List.copyOf(steps);
    }
  }

  /**
   * What was measured of a network.
   *
   * @param homogeneous whether the model is proven homogeneous
   * @param magnitudes the mean absolute attribution of each image by the reference
   * @param points one for each rule and number of steps
   */
  public record Result(boolean homogeneous, List<Double> magnitudes, List<Point> points) {}

  /**
   * A point of a curve.
   *
   * @param rule the rule
   * @param steps the number of steps
   * @param differences the mean absolute difference to the reference of each image
   */
  public record Point(Rule rule, int steps, List<Double> differences) {}

  /** The experiment. */
  public ConvergenceExperiment() {
    super(
        new Description<>(
            "convergence",
            "How many steps Integrated Gradients needs",
            "FAA, Fig. 3",
            Configuration.class,
            ImageTask.class,
            Result.class),
        Configuration::subjects);
  }

  @Override
  public Result measure(Configuration configuration, OpenNetwork network) {
    Map<String, AttributionMethod> all = new LinkedHashMap<>();
    String reference = key(Rule.GAUSS_LEGENDRE, configuration.reference());
    all.put(reference, integrated(Rule.GAUSS_LEGENDRE, configuration.reference()));
    for (Rule rule : configuration.rules()) {
      configuration.steps().forEach(steps -> all.put(key(rule, steps), integrated(rule, steps)));
    }
    MethodAttributors methods =
        MethodAttributors.of(network, all, AttributorOptions.withDefaults());
    List<Double> magnitudes = new ArrayList<>();
    Map<String, List<Double>> differences = new LinkedHashMap<>();
    network.forEachPart(
        BATCH,
        part -> {
          ImmutableMap<String, Attributions> found =
              methods.attribute(part.inputs(), OpenNetwork.labels(part));
          FloatArray exact = Objects.requireNonNull(found.get(reference)).values();
          magnitudes.addAll(meanDifferences(exact, FloatArray.zeros(exact.shape().toArray())));
          found.forEach(
              (key, attributions) ->
                  differences
                      .computeIfAbsent(key, name -> new ArrayList<>())
                      .addAll(meanDifferences(exact, attributions.values())));
        });
    List<Point> points = new ArrayList<>();
    for (Rule rule : configuration.rules()) {
      for (int steps : configuration.steps()) {
        points.add(
            new Point(rule, steps, Objects.requireNonNull(differences.get(key(rule, steps)))));
      }
    }
    return new Result(network.isHomogeneous(), magnitudes, points);
  }

  private static IntegratedGradients integrated(Rule rule, int steps) {
    return new IntegratedGradients(Baseline.zero(), Quadrature.of(rule, steps));
  }

  private static String key(Rule rule, int steps) {
    return rule + " " + steps;
  }

  /** The mean absolute difference of each row. */
  private static List<Double> meanDifferences(FloatArray one, FloatArray other) {
    List<Double> means = new ArrayList<>();
    int size = one.rowSize();
    for (int row = 0; row < one.rows(); row++) {
      double sum = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        sum += Math.abs((double) one.values()[i] - other.values()[i]);
      }
      means.add(sum / size);
    }
    return means;
  }

  /**
   * The mean absolute difference to the reference of each image of a network.
   *
   * @param results the results
   * @param network the name of the network
   * @param rule the rule
   * @param steps the number of steps
   * @return the differences
   */
  public double[] differences(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      Rule rule,
      int steps) {
    return values(
        results,
        network,
        result ->
            result.points().stream()
                .filter(point -> point.rule() == rule && point.steps() == steps)
                .flatMap(point -> point.differences().stream())
                .toList(),
        difference -> difference);
  }

  /** The same as a part of the mean absolute attribution of all images. */
  private double[] relative(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      Rule rule,
      int steps) {
    double[] magnitudes = values(results, network, Result::magnitudes, magnitude -> magnitude);
    double mean = Arrays.stream(magnitudes).average().orElseThrow();
    return Arrays.stream(differences(results, network, rule, steps))
        .map(difference -> difference / mean)
        .toArray();
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    Configuration configuration = results.configuration();
    if (!configuration.rules().contains(Rule.GAUSS_LEGENDRE)) {
      return findings.build();
    }
    int first = configuration.steps().get(0);
    for (String network : networks(results)) {
      boolean exact = network.startsWith(ImageTask.X);
      int steps = exact ? first : CONVERGED_STEPS;
      if (configuration.steps().contains(steps)) {
        double[] relative = relative(results, network, Rule.GAUSS_LEGENDRE, steps);
        findings.add(
            Claim.similar(
                    "difference to IG(%s) as a part of its size"
                        .formatted(configuration.reference()),
                    "IG(%s) on %s".formatted(steps, network),
                    "IG(%s) itself".formatted(configuration.reference()),
                    CONVERGED)
                .test(relative, new double[relative.length]));
      }
    }
    for (String network : pairs(results)) {
      String x = ImageTask.X + network;
      findings.add(
          Claim.lower(
                  "difference to IG(%s) as a part of its size".formatted(configuration.reference()),
                  "IG(%s) on %s".formatted(first, x),
                  "on " + network)
              .test(
                  relative(results, x, Rule.GAUSS_LEGENDRE, first),
                  relative(results, network, Rule.GAUSS_LEGENDRE, first)));
    }
    return findings.build();
  }
}
