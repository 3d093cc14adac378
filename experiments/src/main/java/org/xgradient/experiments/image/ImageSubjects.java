package org.xgradient.experiments.image;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import org.xgradient.data.Checksums;
import org.xgradient.training.image.ImageModel;

/**
 * The networks and images of an experiment: model directories and a folder of images, or small
 * convolutional networks that are trained for it, each regular and without biases.
 *
 * @param models the model directories; empty to train networks
 * @param images the folder of the images for the models: {@code folder/file}, or {@code
 *     folder/class/file} where labels count
 * @param target what counts as the class of an image of the folder; always the label for networks
 *     that are trained here
 * @param idx for networks that are trained here, the files of images and labels in the form of
 *     MNIST, of which different parts are drawn for training and test; empty for generated shapes
 * @param trainImages the number of images that they are trained on, at least 1
 * @param epochs the number of epochs, at least 1
 * @param count the number of test images, the first ones of a folder, at least 2
 * @param seeds for each of them a pair of networks is trained
 */
public record ImageSubjects(
    List<String> models,
    String images,
    ImageTarget target,
    List<String> idx,
    int trainImages,
    int epochs,
    int count,
    List<Long> seeds) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one does not fit; the message names the key
   */
  public ImageSubjects {
    checkArgument(
        models.isEmpty() || !images.isEmpty(),
        "\"images\" must be the folder of the images for \"models\", found \"\"");
    checkArgument(
        idx.isEmpty() || idx.size() == 2,
        "\"idx\" must be a file of images and one of labels, or empty, found %s",
        idx);
    checkArgument(trainImages >= 1, "\"trainImages\" must be at least 1, found %s", trainImages);
    checkArgument(epochs >= 1, "\"epochs\" must be at least 1, found %s", epochs);
    checkArgument(count >= 2, "\"count\" must be at least 2, found %s", count);
    checkArgument(
        !models.isEmpty() || !seeds.isEmpty(), "\"seeds\" must have a seed without \"models\"");
    models = List.copyOf(models);
    idx = List.copyOf(idx);
    seeds = List.copyOf(seeds);
  }

  /** {@return a piece for each network} */
  ImmutableList<ImageTask> tasks() {
    if (!models.isEmpty()) {
      return models.stream()
          .distinct()
          .map(model -> new ImageTask(ImageModel.info(Path.of(model)).network(), model, 0))
          .collect(toImmutableList());
    }
    ImmutableList.Builder<ImageTask> tasks = ImmutableList.builder();
    for (long seed : seeds.stream().distinct().toList()) {
      tasks.add(new ImageTask("convnet", "", seed), new ImageTask("x-convnet", "", seed));
    }
    return tasks.build();
  }

  /** {@return what the results depend on and the configuration does not say} */
  ImmutableMap<String, String> facts() {
    if (!models.isEmpty()) {
      return new NetworkFiles(this).facts();
    }
    ImmutableMap.Builder<String, String> facts = ImmutableMap.builder();
    idx.forEach(file -> facts.put(file, "SHA-256 " + Checksums.sha256(Path.of(file))));
    return facts.buildOrThrow();
  }

  /** Opens or trains a network. */
  OpenNetwork open(ImageTask task) {
    return task.isTrainedHere()
        ? new TrainedHere(this).open(task)
        : new NetworkFiles(this).open(task);
  }

  /** {@return what the images are, in a few words} */
  public String description() {
    if (!models.isEmpty()) {
      return target == ImageTarget.PREDICTED
          ? "the photos of %s, at most %s; their labels are not known to be right, so the class that the network itself finds most probable is the target"
              .formatted(images, count)
          : "the labelled photos of %s, at most %s".formatted(images, count);
    }
    String data =
        idx.isEmpty()
            ? "generated images of six shapes without the cue"
            : "the images of " + idx.get(0);
    return "%s: %s to train on, %s to test on, for each of %s seeds; intervals are over the test images"
        .formatted(data, trainImages, count, seeds.size());
  }
}
