package org.xgradient.data.image;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;

/**
 * Labelled images in memory.
 *
 * @param images of shape {@code [size, height, width, channels]}
 * @param labels the class indices, of shape {@code [size]}, each in {@code [0, classes)}
 * @param classes the number of classes
 */
public record ImageSet(FloatArray images, FloatArray labels, int classes)
    implements InMemoryDataset {

  /**
   * Checks the shapes and the labels.
   *
   * @throws IllegalArgumentException if they don't fit
   */
  public ImageSet {
    checkArgument(
        images.shape().length() == 4,
        "images must be of shape [size, height, width, channels], found %s",
        images.shape());
    checkArgument(
        labels.shape().equals(ImmutableIntArray.of(images.rows())),
        "labels must be of shape [%s], found %s",
        images.rows(),
        labels.shape());
    for (float label : labels.values()) {
      boolean isClass = label >= 0 && label < classes && label == Math.rint(label);
      checkArgument(isClass, "labels must be class indices below %s, found " + label, classes);
    }
  }

  @Override
  public FloatArray inputs() {
    return images;
  }

  @Override
  public Task task() {
    return Task.MULTICLASS;
  }

  @Override
  public int outputs() {
    return classes;
  }
}
