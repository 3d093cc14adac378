package org.xgradient.experiments.image;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.xgradient.experiments.ConfigurationText;
import org.xgradient.experiments.Experiment;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.PreparedWork;

/**
 * An experiment that measures something of each of several networks of images.
 *
 * @param <C> the configuration
 * @param <R> what is measured of a network
 */
public abstract class ImageExperiment<C, R> implements Experiment<C, ImageTask, R> {

  private static final String COMMON = "image-subjects.json";

  private final Description description;
  private final Class<C> configurationType;
  private final Class<R> resultType;
  private final Function<C, ImageSubjects> subjects;

  /**
   * What an experiment is called.
   *
   * @param name the name on the command line
   * @param title what is shown, in a few words
   * @param source where the paper shows it
   */
  record Description(String name, String title, String source) {}

  /**
   * An experiment.
   *
   * @param description what it is called
   * @param configurationType the record of the configuration
   * @param resultType the record of a result
   * @param subjects the part of the configuration that says which networks and images
   */
  ImageExperiment(
      Description description,
      Class<C> configurationType,
      Class<R> resultType,
      Function<C, ImageSubjects> subjects) {
    this.description = description;
    this.configurationType = configurationType;
    this.resultType = resultType;
    this.subjects = subjects;
  }

  @Override
  public final String name() {
    return description.name();
  }

  @Override
  public final String title() {
    return description.title();
  }

  @Override
  public final String source() {
    return description.source();
  }

  @Override
  public final Class<C> configurationType() {
    return configurationType;
  }

  @Override
  public final Class<R> resultType() {
    return resultType;
  }

  /**
   * Networks and images.
   *
   * @param configuration the configuration
   * @return its part that says which they are
   */
  public final ImageSubjects subjects(C configuration) {
    return subjects.apply(configuration);
  }

  /**
   * Measures a network.
   *
   * @param configuration the configuration
   * @param network the network, borrowed
   * @return what was measured
   */
  public abstract R measure(C configuration, OpenNetwork network);

  @Override
  public final Class<ImageTask> taskType() {
    return ImageTask.class;
  }

  /** {@return the keys of networks and images, then those of this experiment} */
  @Override
  public final String defaults() {
    String common = ConfigurationText.of(ImageExperiment.class, COMMON).strip();
    String own = ConfigurationText.of(ImageExperiment.class, name() + ".json").strip();
    return common.substring(0, common.length() - 1).stripTrailing()
        + ",\n"
        + own.substring(1)
        + "\n";
  }

  @Override
  public final String quickDefaults() {
    return ConfigurationText.of(ImageExperiment.class, name() + "-quick.json");
  }

  @Override
  public final ImmutableList<ImageTask> tasks(C configuration) {
    return subjects(configuration).tasks();
  }

  @Override
  public final PreparedWork<ImageTask, R> prepare(C configuration) {
    ImageSubjects subjects = subjects(configuration);
    return new PreparedWork<>(
        () ->
            task -> {
              try (OpenNetwork network = subjects.open(task)) {
                return measure(configuration, network);
              }
            },
        subjects.facts());
  }

  /**
   * The names of the networks.
   *
   * @param results the results
   * @return the names, each once
   */
  public final ImmutableList<String> networks(ExperimentResults<C, ImageTask, R> results) {
    return results.results().keySet().stream()
        .map(ImageTask::network)
        .distinct()
        .collect(toImmutableList());
  }

  /**
   * The networks that are there with and without biases.
   *
   * @param results the results
   * @return the names of those with biases; the others are called {@code x-} and that name
   */
  public final ImmutableList<String> pairs(ExperimentResults<C, ImageTask, R> results) {
    ImmutableList<String> networks = networks(results);
    return networks.stream()
        .filter(name -> networks.contains(ImageTask.X + name))
        .collect(toImmutableList());
  }

  /**
   * A number of each image, of all pieces of a network one after the other.
   *
   * @param results the results
   * @param network the name of the network
   * @param images the images of a piece
   * @param value the number
   * @return the numbers
   * @param <I> what is known of an image
   */
  public final <I> double[] values(
      ExperimentResults<C, ImageTask, R> results,
      String network,
      Function<R, List<I>> images,
      ToDoubleFunction<I> value) {
    return results.of(task -> task.network().equals(network)).stream()
        .flatMap(result -> images.apply(result).stream())
        .mapToDouble(value)
        .toArray();
  }
}
