package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;

/**
 * When and where a training saves its state.
 *
 * @param file the file, replaced as a whole each time
 * @param everyEpochs after how many epochs each, at least 1; besides, when the training is
 *     interrupted
 */
public record Checkpointing(Path file, int everyEpochs) {

  /**
   * Checks the number of epochs.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Checkpointing {
    checkArgument(
        everyEpochs >= 1,
        "the number of epochs between checkpoints must be at least 1, found %s",
        everyEpochs);
  }
}
