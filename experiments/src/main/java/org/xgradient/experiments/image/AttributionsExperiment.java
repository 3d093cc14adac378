package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.InputXGradient;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.XGradient;
import org.xgradient.attribution.heatmap.HeatMap;
import org.xgradient.attribution.heatmap.Picture;
import org.xgradient.data.FloatArray;
import org.xgradient.experiments.Claim;
import org.xgradient.experiments.Description;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.metrics.MethodAttributors;

/** Heat maps of images at full and at low contrast: FAA, Fig. 2 right and Fig. 4. */
public final class AttributionsExperiment
    extends ImageExperiment<AttributionsExperiment.Configuration, AttributionsExperiment.Result> {

  /** The name of the method of one gradient on a network without biases. */
  public static final String X_GRADIENT = "X-Gradient";

  /** The name of the method of one gradient on a network with biases. */
  public static final String INPUT_X_GRADIENT = "input x gradient";

  /** The name of Integrated Gradients. */
  public static final String INTEGRATED = "IG";

  /** Up to this many degrees directions count as the same: rounding in many layers. */
  private static final double SAME_DIRECTION = 0.1;

  /**
   * The configuration.
   *
   * @param subjects networks and images
   * @param contrasts the factors of the images, the first one being 1
   * @param steps the number of steps of Integrated Gradients, at least 1
   */
  public record Configuration(
      @JsonUnwrapped ImageSubjects subjects, List<Double> contrasts, int steps) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the contrasts do not begin with 1, one is not positive,
     *     or there are fewer than one step
     */
    public Configuration {
      checkArgument(
          !contrasts.isEmpty() && contrasts.get(0) == 1,
          "\"contrasts\" must begin with 1, found %s",
          contrasts);
      contrasts.forEach(
          contrast ->
              checkArgument(contrast > 0, "\"contrasts\" must be positive, found %s", contrast));
      checkArgument(steps >= 1, "\"steps\" must be at least 1, found %s", steps);
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
   * @param picture the image in PNG format, in Base64
   * @param maps a heat map for each contrast and method
   */
  public record Image(String picture, List<Drawn> maps) {

    /**
     * The map of a method.
     *
     * @param method the name of the method
     * @param contrast the contrast
     * @return the map
     */
    public Drawn map(String method, double contrast) {
      return maps.stream()
          .filter(map -> map.method().equals(method) && map.contrast() == contrast)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * A heat map.
   *
   * @param method the name of the method
   * @param contrast the contrast
   * @param picture the heat map over the image, in PNG format, in Base64
   * @param best the index of the best logit
   * @param angle the angle between the attributions and those at full contrast in degrees, 0 if
   *     they differ by a factor only
   * @param difference the mean absolute difference to Integrated Gradients over its mean absolute
   *     value
   */
  public record Drawn(
      String method, double contrast, String picture, int best, double angle, double difference) {}

  /** The experiment. */
  public AttributionsExperiment() {
    super(
        new Description<>(
            "attributions",
            "What attributions show, and what contrast does to them",
            "FAA, Fig. 2 right and Fig. 4",
            Configuration.class,
            ImageTask.class,
            Result.class),
        Configuration::subjects);
  }

  @Override
  public Result measure(Configuration configuration, OpenNetwork network) {
    boolean homogeneous = network.isHomogeneous();
    ImmutableMap<String, AttributionMethod> methods =
        ImmutableMap.of(
            fast(homogeneous),
            homogeneous ? new XGradient() : new InputXGradient(),
            INTEGRATED,
            new IntegratedGradients(
                Baseline.zero(), Quadrature.gaussLegendre(configuration.steps())));
    MethodAttributors attributors =
        MethodAttributors.of(network, methods, AttributorOptions.withDefaults());
    List<Image> images = new ArrayList<>();
    network.forEachPart(
        1,
        part -> {
          FloatArray image =
              FloatArray.of(part.inputs().values(), part.inputs().rowShape().toArray());
          FloatArray display = network.display().apply(image);
          Map<String, FloatArray> full = new LinkedHashMap<>();
          List<Drawn> maps = new ArrayList<>();
          for (double contrast : configuration.contrasts()) {
            var found =
                attributors.attribute(
                    Contrast.of(part.inputs(), contrast), OpenNetwork.labels(part));
            found.forEach((method, a) -> full.putIfAbsent(method, a.values()));
            found.forEach((method, a) -> maps.add(map(method, contrast, a, found, full, display)));
          }
          images.add(new Image(base64(Picture.of(display)), maps));
        });
    return new Result(homogeneous, images);
  }

  /**
   * The method of one gradient.
   *
   * @param homogeneous whether the model is proven homogeneous
   * @return its name
   */
  public static String fast(boolean homogeneous) {
    return homogeneous ? X_GRADIENT : INPUT_X_GRADIENT;
  }

  private static Drawn map(
      String method,
      double contrast,
      Attributions attributions,
      Map<String, Attributions> all,
      Map<String, FloatArray> full,
      FloatArray display) {
    FloatArray values = attributions.values();
    FloatArray integrated = Objects.requireNonNull(all.get(INTEGRATED)).values();
    return new Drawn(
        method,
        contrast,
        base64(HeatMap.ofEach(values).get(0).over(display)),
        RankedLogits.of(attributions.logits().values()).order().get(0),
        Vectors.angle(values.values(), Objects.requireNonNull(full.get(method)).values()),
        Vectors.relativeDifference(integrated.values(), values.values()));
  }

  private static String base64(Picture picture) {
    return Base64.getEncoder().encodeToString(picture.png());
  }

  /**
   * A number of the map of each image of a network.
   *
   * @param results the results
   * @param network the name of the network
   * @param method the name of the method
   * @param contrast the contrast
   * @param value the number
   * @return the numbers
   */
  public double[] numbers(
      ExperimentResults<Configuration, ImageTask, Result> results,
      String network,
      String method,
      double contrast,
      ToDoubleFunction<Drawn> value) {
    return values(
        results,
        network,
        Result::images,
        image -> value.applyAsDouble(image.map(method, contrast)));
  }

  @Override
  public ImmutableList<Finding> findings(
      ExperimentResults<Configuration, ImageTask, Result> results) {
    ImmutableList.Builder<Finding> findings = ImmutableList.builder();
    List<Double> contrasts = results.configuration().contrasts();
    double lowest = contrasts.get(contrasts.size() - 1);
    for (String network : networks(results)) {
      if (network.startsWith(ImageTask.X)) {
        double[] angles = numbers(results, network, X_GRADIENT, lowest, Drawn::angle);
        findings.add(
            Claim.similar(
                    "angle in degrees between the attributions at contrast %s and at full contrast"
                        .formatted(lowest),
                    "X-Gradient on " + network,
                    "that at full contrast",
                    SAME_DIRECTION)
                .test(angles, new double[angles.length]));
      }
    }
    for (String network : pairs(results)) {
      String x = ImageTask.X + network;
      findings.add(
          Claim.lower(
                  "angle in degrees between the attributions at contrast %s and at full contrast"
                      .formatted(lowest),
                  "X-Gradient on " + x,
                  "IG on " + network)
              .test(
                  numbers(results, x, X_GRADIENT, lowest, Drawn::angle),
                  numbers(results, network, INTEGRATED, lowest, Drawn::angle)));
      findings.add(
          Claim.lower(
                  "difference to IG(%s) at full contrast"
                      .formatted(results.configuration().steps()),
                  "X-Gradient on " + x,
                  "input x gradient on " + network)
              .test(
                  numbers(results, x, X_GRADIENT, 1, Drawn::difference),
                  numbers(results, network, INPUT_X_GRADIENT, 1, Drawn::difference)));
    }
    return findings.build();
  }
}
