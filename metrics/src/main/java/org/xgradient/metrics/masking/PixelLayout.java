package org.xgradient.metrics.masking;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.Shapes;

/**
 * What of an input is masked together: the channels of a pixel of an image, or one feature of
 * anything else.
 *
 * @param pixels the number of pixels
 * @param channels the number of values of each, next to each other
 */
public record PixelLayout(int pixels, int channels) {

  public static PixelLayout of(ImmutableIntArray inputShape) {
    int size = Shapes.size(inputShape);
    int channels = inputShape.length() == 3 ? inputShape.get(2) : 1;
    return new PixelLayout(size / channels, channels);
  }

  public int size() {
    return pixels * channels;
  }
}
