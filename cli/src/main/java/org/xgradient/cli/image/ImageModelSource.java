package org.xgradient.cli.image;

import java.util.function.Supplier;
import org.xgradient.training.image.ImageModel;

/**
 * A model of images that a user named: a model directory, or a published network with weights.
 *
 * @param name what it is called in reports and in the names of files
 * @param opener loads it, to be closed
 */
public record ImageModelSource(String name, Supplier<ImageModel> opener) {

  /**
   * Loads the model.
   *
   * @return the model, to be closed
   * @throws IllegalArgumentException if the weights don't fit the network
   * @throws org.xgradient.data.DataException if a file can't be read, or is damaged
   */
  public ImageModel open() {
    return opener.get();
  }
}
