package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.network.WindowPadding.Sides;

/**
 * The window that a convolution or a pooling moves over an image.
 *
 * <p>The padding is a number for all four sides, as in PyTorch, one for each, or TensorFlow's
 * {@code SAME}.
 *
 * @param height the height in pixels, at least 1
 * @param width the width in pixels, at least 1
 * @param stride by how many pixels the window moves in either direction, at least 1
 * @param padding how many pixels are added around the image
 */
public record Window(int height, int width, int stride, WindowPadding padding) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Window {
    checkArgument(
        height >= 1 && width >= 1,
        "height and width of a window must be at least 1, found %s and %s",
        height,
        width);
    checkArgument(stride >= 1, "the stride must be at least 1, found %s", stride);
  }

  /**
   * A window with as many pixels on each side.
   *
   * @param height the height in pixels, at least 1
   * @param width the width in pixels, at least 1
   * @param stride by how many pixels the window moves in either direction, at least 1
   * @param padding how many pixels are added on each of the four sides, at least 0
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Window(int height, int width, int stride, int padding) {
    this(height, width, stride, WindowPadding.of(padding));
  }

  /**
   * A square window that moves by one pixel, without padding.
   *
   * @param size the height and the width, at least 1
   * @return the window
   */
  public static Window of(int size) {
    return new Window(size, size, 1, 0);
  }

  /**
   * The same window with another stride.
   *
   * @param stride by how many pixels the window moves, at least 1
   * @return the window
   */
  public Window withStride(int stride) {
    return new Window(height, width, stride, padding);
  }

  /**
   * The same window with another padding.
   *
   * @param padding how many pixels are added on each side, at least 0
   * @return the window
   */
  public Window withPadding(int padding) {
    return withPadding(WindowPadding.of(padding));
  }

  /**
   * The same window with another padding.
   *
   * @param padding how many pixels are added around the image
   * @return the window
   */
  public Window withPadding(WindowPadding padding) {
    return new Window(height, width, stride, padding);
  }

  /**
   * Refuses every dilation but 1.
   *
   * @param dilation the distance of the pixels that the window looks at
   * @return this window
   * @throws IllegalArgumentException if the dilation is not 1
   */
  public Window withDilation(int dilation) {
    checkArgument(
        dilation == 1,
        "the dilation must be 1, found %s: TensorFlow's gradient of a dilated convolution ignores"
            + " the dilation; use a larger window with zeros between the weights",
        dilation);
    return this;
  }

  /**
   * How many places the window has on an image.
   *
   * @param image the shape of the image, {@code [height, width, channels]}
   * @return the shape of the places, {@code [height, width]}
   * @throws IllegalArgumentException if the shape is not of rank 3, or the padded image is smaller
   *     than the window
   */
  ImmutableIntArray places(ImmutableIntArray image) {
    checkImage(image);
    if (padding instanceof Sides sides) {
      return ImmutableIntArray.of(
          places(image.get(0) + sides.top() + sides.bottom(), height, image),
          places(image.get(1) + sides.left() + sides.right(), width, image));
    }
    return ImmutableIntArray.of(
        (image.get(0) + stride - 1) / stride, (image.get(1) + stride - 1) / stride);
  }

  private int places(int pixels, int size, ImmutableIntArray image) {
    checkArgument(
        pixels >= size,
        "an image of shape %s with a padding of %s must be at least as large as the window, found"
            + " %s",
        image,
        padding,
        this);
    return (pixels - size) / stride + 1;
  }

  /**
   * The shape of an image with as many channels on the places of this window on another.
   *
   * @param image the other image's shape, {@code [height, width, channels]}
   * @param channels the number of channels
   * @return the shape, {@code [height, width, channels]}
   */
  ImmutableIntArray imageOfPlaces(ImmutableIntArray image, int channels) {
    return ImmutableIntArray.builder(3).addAll(places(image)).add(channels).build();
  }

  /** Refuses what is not an image. */
  static void checkImage(ImmutableIntArray shape) {
    checkArgument(
        shape.length() == 3,
        "the layer needs examples of shape [height, width, channels], found %s",
        shape);
  }

  /** Refuses a padding so wide that a window might hold padding only. */
  void checkMeetsPixels() {
    checkArgument(
        !(padding instanceof Sides sides)
            || (Math.max(sides.top(), sides.bottom()) <= height / 2
                && Math.max(sides.left(), sides.right()) <= width / 2),
        "the padding of a pooling window must be at most half its size, found %s",
        this);
  }

  /** {@return whether TensorFlow's {@code SAME} pads exactly as this window does} */
  boolean isSame() {
    return padding instanceof WindowPadding.Same
        || (padding instanceof Sides sides
            && sides.isEven()
            && stride == 1
            && height == 2 * sides.top() + 1
            && width == height);
  }
}
