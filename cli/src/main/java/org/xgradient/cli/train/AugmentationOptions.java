package org.xgradient.cli.train;

import java.util.Optional;
import org.xgradient.cli.option.HelpGroup;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.Augmentation;
import org.xgradient.data.image.Mixup;
import org.xgradient.training.objective.Objective;
import picocli.CommandLine.Option;

/** Options of how training images are changed in each step. */
@HelpGroup("Images")
final class AugmentationOptions {

  @Option(names = "--flip", description = "Mirror each training image with probability one half.")
  private boolean flip;

  @Option(
      names = "--crop-border",
      defaultValue = "0",
      paramLabel = "PIXELS",
      description =
          "Shift each training image at random by up to so many pixels, over a border of zeros"
              + " (default: ${DEFAULT-VALUE}).")
  private int border;

  @Option(
      names = "--mixup",
      paramLabel = "ALPHA",
      description =
          "Mix each training image with another one, by a weight from Beta(ALPHA, ALPHA); 0.7 was"
              + " used for Fixup networks.")
  private Optional<Double> mixup = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  AugmentationOptions() {}

  /**
   * How images are changed.
   *
   * @param side the side of an image
   * @return the augmentation; empty to leave images as they are
   * @throws IllegalArgumentException if the border is negative
   */
  Optional<Augmentation> augmentation(int side) {
    Optional<Augmentation> crop =
        border == 0 ? Optional.empty() : Optional.of(Augmentation.randomCrop(side, side, border));
    if (!flip) {
      return crop;
    }
    return crop.map(first -> first.then(Augmentation.horizontalFlip()))
        .or(() -> Optional.of(Augmentation.horizontalFlip()));
  }

  /**
   * {@return the objective of mixed images, if they are to be mixed}
   *
   * @throws IllegalArgumentException if the strength is not above 0
   */
  Objective mixed(Objective objective) {
    return mixup.map(alpha -> objective.withMixup(new Mixup(alpha))).orElse(objective);
  }

  Provenance describe(Provenance provenance) {
    return provenance
        .with("flip", flip)
        .with("crop border", border)
        .with("mixup", mixup.map(Object::toString).orElse("none"));
  }
}
