package org.xgradient.experiments.image;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.xgradient.experiments.ConfigurationText;
import org.xgradient.experiments.Description;
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

  private final Description<C, ImageTask, R> description;
  private final Function<C, ImageSubjects> subjects;

  /**
   * An experiment.
   *
   * @param description what it is called, and its records
   * @param subjects the part of the configuration that says which networks and images
   */
  ImageExperiment(Description<C, ImageTask, R> description, Function<C, ImageSubjects> subjects) {
    this.description = description;
    this.subjects = subjects;
  }

  @Override
  public final Description<C, ImageTask, R> description() {
    return description;
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
