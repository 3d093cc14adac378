package org.xgradient.training.image;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.ClassNames;

/**
 * What an {@link ImageModel} says of images.
 *
 * @param classes the names of the classes
 * @param logits the outputs of the network, of shape {@code [images, classes]}
 */
public record ImagePredictions(ClassNames classes, FloatArray logits) {

  /** {@return the number of images} */
  public int images() {
    return logits.rows();
  }

  /**
   * The most probable classes of an image.
   *
   * @param image which image
   * @param count how many classes, at most all
   * @return the classes, the most probable one first; of equal ones that with the lower index
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public ImmutableList<RankedClass> top(int image, int count) {
    return RankedClass.top(logits.rows(image, image + 1).values(), classes, count);
  }
}
