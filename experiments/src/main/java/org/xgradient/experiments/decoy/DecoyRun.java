package org.xgradient.experiments.decoy;

import org.xgradient.attribution.Attributions;
import org.xgradient.data.Batch;
import org.xgradient.training.TrainingResult;

/**
 * One training of a {@link DecoyStudy}, and what came of it on test images.
 *
 * @param arm the arm
 * @param repetition the number of the repetition, from 0, which decides images and seed
 * @param accuracy the accuracy on each kind of test images
 * @param attribution where the attribution falls on the first 200 test images with the cue of their
 *     class
 * @param examples for one test image of each class, with a misleading cue: why the network decided
 *     as it did
 * @param training weights and history
 */
public record DecoyRun(
    DecoyArm arm,
    int repetition,
    Accuracies accuracy,
    Shares attribution,
    Examples examples,
    TrainingResult training) {

  /**
   * Accuracies, in {@code [0, 1]}.
   *
   * @param aligned where the cue gives the class away, as in training
   * @param random where the cue is that of a class at random
   * @param clean without a cue
   * @param cleanAtThirdContrast without a cue, the image times 0.3
   * @param cleanAtTenthContrast without a cue, the image times 0.1
   */
  public record Accuracies(
      double aligned,
      double random,
      double clean,
      double cleanAtThirdContrast,
      double cleanAtTenthContrast) {}

  /**
   * Shares of the sum of absolute attributions, in {@code [0, 1]}.
   *
   * @param labelOnCue what falls on the cue, for the logit of the label
   * @param othersOnCue what falls on the cue, for the logits of other classes, one for each image
   * @param labelOnObject what falls on the shape, for the logit of the label
   */
  public record Shares(double labelOnCue, double othersOnCue, double labelOnObject) {}

  /**
   * Explained images.
   *
   * @param images the images and their labels
   * @param attributions the attributions of the predicted class
   */
  public record Examples(Batch images, Attributions attributions) {}
}
