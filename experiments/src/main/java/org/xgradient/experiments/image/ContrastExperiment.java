package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.data.FloatArray;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Published;
import org.xgradient.graph.Predictor;

/**
 * Accuracy against contrast: FAA, Sec. 4.4 and Fig. 2 left. The prepared image is multiplied by a
 * factor; a homogeneous network multiplies its logits by it, so that its decision stays.
 */
public final class ContrastExperiment
    extends ImageExperiment<ContrastExperiment.Configuration, ContrastExperiment.Result> {

  /** Above this relative margin of the two best logits rounding cannot change which is the best. */
  public static final double MARGIN = 1e-5;

  private static final int BATCH = 16;

  private static final double[] ALEXNET = {
    56.62, 56.43, 55.62, 53.68, 50.25, 44.78, 36.74, 26.30, 13.52, 2.63
  };

  /**
   * The configuration.
   *
   * @param subjects networks and images
   * @param contrasts the factors, from 1 down, at least two
   */
  public record Configuration(@JsonUnwrapped ImageSubjects subjects, List<Double> contrasts) {

    /**
     * Checks the factors.
     *
     * @throws IllegalArgumentException if they do not fall from 1, or one is not positive
     */
    public Configuration {
      checkArgument(
          contrasts.size() >= 2 && contrasts.get(0) == 1,
          "\"contrasts\" must be at least two and begin with 1, found %s",
          contrasts);
      for (int i = 1; i < contrasts.size(); i++) {
        checkArgument(
            contrasts.get(i) > 0 && contrasts.get(i) < contrasts.get(i - 1),
            "\"contrasts\" must fall and be positive, found %s",
            contrasts);
      }
      contrasts = List.copyOf(contrasts);
    }
  }

  /**
   * What was measured of a network.
   *
   * @param homogeneous whether the model is proven homogeneous
   * @param images the images
   */
  public record Result(boolean homogeneous, List<Image> images) {}

  /**
   * What was measured of an image.
   *
   * @param margin the relative margin of the two best logits at contrast 1
   * @param correct at each contrast, whether the best logit is that of the image's class
   * @param unchanged at each contrast, whether the best logit is that at contrast 1
   */
  public record Image(double margin, List<Boolean> correct, List<Boolean> unchanged) {

    boolean isUnchanged() {
      return !unchanged.contains(false);
    }
  }

  /**
   * How many decisions changed.
   *
   * @param clear the number of images with a margin above {@link #MARGIN}
   * @param clearChanged how many of them changed their best logit at some contrast
   * @param close the number of other images
   * @param closeChanged how many of those changed
   */
  public record Changes(int clear, int clearChanged, int close, int closeChanged) {}

  /** The experiment. */
  public ContrastExperiment() {
    super(
        new Description<>(
            "contrast",
            "What contrast does to decisions",
            "FAA, Sec. 4.4 and Fig. 2 left",
            Configuration.class,
            ImageTask.class,
            Result.class),
        Configuration::subjects);
  }

  @Override
  public Result measure(Configuration configuration, OpenNetwork network) {
    Predictor predictor = Predictor.of(network);
    List<Image> images = new ArrayList<>();
    network.forEachPart(
        BATCH,
        part -> {
          List<FloatArray> logits = new ArrayList<>();
          for (double contrast : configuration.contrasts()) {
            logits.add(predictor.logits(Contrast.of(part.inputs(), contrast)));
          }
          int[] labels = OpenNetwork.labels(part);
          for (int i = 0; i < labels.length; i++) {
            images.add(image(logits, i, labels[i]));
          }
        });
    return new Result(network.isHomogeneous(), images);
  }

  private static Image image(List<FloatArray> logits, int row, int label) {
    List<Boolean> correct = new ArrayList<>();
    List<Boolean> unchanged = new ArrayList<>();
    RankedLogits full = ranked(logits.get(0), row);
    for (FloatArray ofContrast : logits) {
      int best = ranked(ofContrast, row).order().get(0);
      correct.add(best == label);
      unchanged.add(best == full.order().get(0));
    }
    return new Image(full.margin(), correct, unchanged);
  }

  private static RankedLogits ranked(FloatArray logits, int row) {
    return RankedLogits.of(logits.values(), row, logits.rowSize());
  }

  /**
   * Whether each image of a network is right at a contrast, 1 for yes and 0 for no.
   *
   * @param results the results
   * @param network the name of the network
   * @param contrast the index of the contrast
   * @return a number for each image
   */
  public double[] accuracies(
      ExperimentResults<Configuration, ImageTask, Result> results, String network, int contrast) {
    return values(results, network, Result::images, image -> image.correct().get(contrast) ? 1 : 0);
  }

  /**
   * Counts the decisions of a network that changed.
   *
   * @param results the results
   * @param network the name of the network
   * @return the numbers
   */
  public Changes changes(
      ExperimentResults<Configuration, ImageTask, Result> results, String network) {
    List<Image> images = new ArrayList<>();
    results.of(task -> task.network().equals(network)).forEach(r -> images.addAll(r.images()));
    List<Image> clear = images.stream().filter(image -> image.margin() > MARGIN).toList();
    int clearChanged = (int) clear.stream().filter(image -> !image.isUnchanged()).count();
    int changed = (int) images.stream().filter(image -> !image.isUnchanged()).count();
    return new Changes(
        clear.size(), clearChanged, images.size() - clear.size(), changed - clearChanged);
  }

  /** {@return the top-1 accuracy of AlexNet at the contrasts 1, 0.9 and so on to 0.1} */
  public static ImmutableList<Published> publishedAlexNet() {
    ImmutableList.Builder<Published> published = ImmutableList.builder();
    for (int i = 0; i < ALEXNET.length; i++) {
      published.add(
          Published.of(
              "AlexNet at contrast " + (10 - i) / 10.0, ALEXNET[i] / 100, "read off FAA, Fig. 2"));
    }
    return published.build();
  }

  /** {@return the top-1 accuracy of X-AlexNet at every contrast} */
  public static Published publishedXAlexNet() {
    return Published.of("X-AlexNet at every contrast", 0.5547, "read off FAA, Fig. 2");
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    int last = results.configuration().contrasts().size() - 1;
    double lowest = results.configuration().contrasts().get(last);
    for (String network : networks(results)) {
      if (results.of(task -> task.network().equals(network)).stream()
          .allMatch(Result::homogeneous)) {
        findings.add(invariance(network, changes(results, network)));
      } else {
        findings.add(
            Claim.lower("accuracy", network + " at contrast " + lowest, "at full contrast")
                .test(accuracies(results, network, last), accuracies(results, network, 0)));
      }
    }
    for (String network : pairs(results)) {
      String x = ImageTask.X + network;
      findings.add(
          Claim.higher("accuracy at contrast " + lowest, x, network)
              .test(accuracies(results, x, last), accuracies(results, network, last)));
    }
    return findings.build();
  }

  private static Finding invariance(String network, Changes changes) {
    String numbers =
        "%s: of %s images whose two best logits differ by more than 1e-5 of their size, %s change their best logit at some contrast; of the other %s, %s do"
            .formatted(
                network,
                changes.clear(),
                changes.clearChanged(),
                changes.close(),
                changes.closeChanged());
    return changes.clearChanged() == 0
        ? new Finding(
            numbers + "; this agrees with the paper: contrast changes nothing.",
            Finding.Verdict.AGREES)
        : new Finding(
            numbers + "; this differs from the paper, where contrast changes nothing.",
            Finding.Verdict.DIFFERS);
  }
}
