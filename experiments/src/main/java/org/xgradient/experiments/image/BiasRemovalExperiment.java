package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.data.FloatArray;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Published;
import org.xgradient.metrics.MethodAttributors;
import org.xgradient.metrics.RelativeDifference;

/**
 * What a network loses without its biases, and what it gains: accuracy, and how far one gradient is
 * from Integrated Gradients. FAA, Table 2.
 */
public final class BiasRemovalExperiment
    extends ImageExperiment<BiasRemovalExperiment.Configuration, BiasRemovalExperiment.Result> {

  /** Up to this difference two accuracies count as about the same; the paper has up to 0.0144. */
  private static final double SAME_ACCURACY = 0.02;

  /** Up to this one gradient counts as exact; the paper has up to 0.012. */
  private static final double SAME_ATTRIBUTION = 0.02;

  private static final int TOP = 5;
  private static final String FAST = "one gradient";
  private static final String INTEGRATED = "integrated";

  /**
   * The configuration.
   *
   * @param subjects networks and images
   * @param steps the number of steps of Integrated Gradients, at least 1
   * @param batchSize the number of images of a batch, at least 1; the relative difference is that
   *     of a batch
   */
  public record Configuration(@JsonUnwrapped ImageSubjects subjects, int steps, int batchSize) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public Configuration {
      checkArgument(steps >= 1, "\"steps\" must be at least 1, found %s", steps);
      checkArgument(batchSize >= 1, "\"batchSize\" must be at least 1, found %s", batchSize);
    }
  }

  /**
   * What was measured of a network.
   *
   * @param homogeneous whether the model is proven homogeneous
   * @param images the images
   * @param differences the relative difference of one gradient to Integrated Gradients, of each
   *     batch
   */
  public record Result(boolean homogeneous, List<Image> images, List<Double> differences) {}

  /**
   * What was measured of an image.
   *
   * @param label its class
   * @param top the five best logits, the best one first
   */
  public record Image(int label, List<Integer> top) {}

  /** The experiment. */
  public BiasRemovalExperiment() {
    super(
        new Description<>(
            "bias-removal",
            "What a network without biases loses and gains",
            "FAA, Table 2",
            Configuration.class,
            ImageTask.class,
            Result.class),
        Configuration::subjects);
  }

  @Override
  public Result measure(Configuration configuration, OpenNetwork network) {
    var quadrature = Quadrature.gaussLegendre(configuration.steps());
    MethodAttributors methods =
        MethodAttributors.of(
            network,
            ImmutableMap.of(
                FAST,
                network.oneGradient(),
                INTEGRATED,
                new IntegratedGradients(Baseline.zero(), quadrature)),
            AttributorOptions.withDefaults());
    List<Image> images = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    network.forEachPart(
        configuration.batchSize(),
        part -> {
          int[] labels = OpenNetwork.labels(part);
          var found = methods.attribute(part.inputs(), labels);
          Attributions fast = Objects.requireNonNull(found.get(FAST));
          Attributions integrated = Objects.requireNonNull(found.get(INTEGRATED));
          differences.add(
              RelativeDifference.ofBatches(integrated.values(), fast.values(), part.size()));
          FloatArray logits = fast.logits();
          for (int i = 0; i < labels.length; i++) {
            images.add(
                new Image(
                    labels[i], RankedLogits.of(logits.values(), i, logits.rowSize()).top(TOP)));
          }
        });
    return new Result(network.isHomogeneous(), images, differences);
  }

  /**
   * The relative difference of each batch of a network.
   *
   * @param results the results
   * @param network the name of the network
   * @return the differences
   */
  public double[] differences(
      ExperimentResults<Configuration, ImageTask, Result> results, String network) {
    return values(results, network, Result::differences, difference -> difference);
  }

  /**
   * Whether the class of each image is among the best logits of a network, 1 for yes and 0 for no.
   * Where the classes of the images are what a network itself finds, they are those of the regular
   * one of a pair.
   *
   * @param results the results
   * @param network the name of the network
   * @param best the number of best logits, from 1 to 5
   * @return a number for each image
   */
  public double[] accuracies(
      ExperimentResults<Configuration, ImageTask, Result> results, String network, int best) {
    double[] labels = values(results, labelling(results, network), Result::images, Image::label);
    List<List<Integer>> tops = new ArrayList<>();
    results
        .of(task -> task.network().equals(network))
        .forEach(result -> result.images().forEach(image -> tops.add(image.top())));
    double[] hits = new double[labels.length];
    for (int i = 0; i < hits.length; i++) {
      List<Integer> top = tops.get(i);
      hits[i] = top.subList(0, Math.min(best, top.size())).contains((int) labels[i]) ? 1 : 0;
    }
    return hits;
  }

  private String labelling(
      ExperimentResults<Configuration, ImageTask, Result> results, String network) {
    String regular = network.substring(network.startsWith(ImageTask.X) ? 2 : 0);
    return networks(results).contains(regular) ? regular : network;
  }

  /** {@return top-5 accuracy and relative difference of the paper's networks} */
  public static ImmutableList<Published> published() {
    ImmutableList.Builder<Published> published = ImmutableList.builder();
    List<String> names = List.of("AlexNet", "VGG16", "ResNet-50");
    double[][] values = {
      {79.21, 78.54, 79.0, 1.2}, {90.44, 90.25, 97.8, .4}, {92.56, 91.12, 93.8, 0}
    };
    for (int i = 0; i < names.size(); i++) {
      double[] row = Arrays.stream(values[i]).map(percent -> percent / 100).toArray();
      published.add(
          Published.of(names.get(i) + ", top-5 accuracy", row[0], "FAA, Table 2"),
          Published.of("X-" + names.get(i) + ", top-5 accuracy", row[1], "FAA, Table 2"),
          Published.of(names.get(i) + ", relative difference", row[2], "FAA, Table 2"),
          Published.of("X-" + names.get(i) + ", relative difference", row[3], "FAA, Table 2"));
    }
    return published.build();
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    String reference = "IG(%s)".formatted(results.configuration().steps());
    for (String network : networks(results)) {
      if (network.startsWith(ImageTask.X)) {
        double[] differences = differences(results, network);
        if (differences.length >= 2) {
          findings.add(
              Claim.similar(
                      "relative difference to " + reference,
                      "X-Gradient on " + network,
                      reference + " itself",
                      SAME_ATTRIBUTION)
                  .test(differences, new double[differences.length]));
        }
      }
    }
    for (String network : pairs(results)) {
      String x = ImageTask.X + network;
      findings.add(
          Claim.similar("top-1 accuracy", x, network, SAME_ACCURACY)
              .test(accuracies(results, x, 1), accuracies(results, network, 1)));
      if (differences(results, x).length >= 2) {
        findings.add(
            Claim.lower("relative difference to " + reference, x, network)
                .test(differences(results, x), differences(results, network)));
      }
    }
    return findings.build();
  }
}
