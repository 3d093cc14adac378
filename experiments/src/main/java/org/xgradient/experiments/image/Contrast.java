package org.xgradient.experiments.image;

import org.xgradient.data.FloatArray;

/** Images of less contrast: the prepared image times a factor (FAA, Sec. 4.4). */
public final class Contrast {

  private Contrast() {}

  public static FloatArray of(FloatArray images, double alpha) {
    if (alpha == 1) {
      return images;
    }
    float[] values = images.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) alpha;
    }
    return FloatArray.of(values, images.shape().toArray());
  }
}
