package org.xgradient.cli.train;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.cli.option.NetworkOptions;
import org.xgradient.data.RandomSplit;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.DamagedFiles;
import org.xgradient.data.image.ImageFolder;
import org.xgradient.training.image.ImageNetwork;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a training on images: which ones, and by what network. */
@HelpGroup("Images")
final class ImageOptions {

  private static final String DEFAULT_NETWORK = "x-convnet";

  @Option(
      names = "--images",
      paramLabel = "FOLDER",
      description =
          "Train on images instead: a folder with a folder of JPEG, PNG or other files for each class.")
  private Optional<Path> images = Optional.empty();

  @Option(
      names = "--strict",
      description = "Fail at a file that is not a whole image, instead of leaving it out.")
  private boolean strict;

  @Mixin private NetworkOptions networks;
  @Mixin private AugmentationOptions augmentation;

  @SuppressWarnings("NullAway.Init")
  ImageOptions() {}

  /** {@return whether images are given} */
  boolean isGiven() {
    return images.isPresent();
  }

  /**
   * Reads the images, and prepares the training.
   *
   * @throws IllegalArgumentException if the options don't go together
   * @throws org.xgradient.data.DataException if the folder can't be read, or there are too few
   *     images
   */
  ImageTraining plan(
      ObjectiveOptions objective, FittingOptions fitting, RandomSplit split, long seed) {
    Path folder = images.orElseThrow();
    Optional<ClassNames> given = networks.classes();
    ImmutableList<String> names =
        given.map(ClassNames::names).orElseGet(() -> ImageFolder.classesIn(folder));
    ImageNetwork image = networks.only(DEFAULT_NETWORK, names.size());
    objective.checkBiases(
        image.network().hasBiases(), "name one with an x- before its name (--network)");
    DamagedFiles damaged = strict ? DamagedFiles.FAIL : DamagedFiles.SKIP;
    ImageFolder data = ImageFolder.in(folder, names, image.preprocessing(), damaged);
    return new ImageTraining(
        folder,
        data,
        split.split(data.labels().toArray()),
        image,
        networks.weights(),
        augmentation.mixed(objective.ofImages(image.preprocessing().crop())),
        augmentation,
        objective.promise(),
        fitting,
        seed);
  }
}
