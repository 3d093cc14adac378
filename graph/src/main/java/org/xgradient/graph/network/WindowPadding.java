package org.xgradient.graph.network;

import static com.google.common.base.Preconditions.checkArgument;

/** How many pixels are added around an image before a window moves over it. */
public sealed interface WindowPadding {

  /**
   * As many on each of the four sides.
   *
   * @param pixels how many, at least 0
   * @return the padding
   * @throws IllegalArgumentException if it is negative
   */
  static WindowPadding of(int pixels) {
    checkArgument(pixels >= 0, "the padding must be at least 0, found %s", pixels);
    return new Sides(pixels, pixels, pixels, pixels);
  }

  /**
   * As TensorFlow's and Keras's {@code SAME}: so many that the window has {@code ⌈pixels / stride⌉}
   * places along each side, as far as they are uneven one more below and on the right. A mean is
   * that of the pixels inside of the image.
   *
   * @return the padding
   */
  static WindowPadding same() {
    return new Same();
  }

  /**
   * A number for each side.
   *
   * @param top the number of rows above, at least 0
   * @param bottom the number of rows below, at least 0
   * @param left the number of columns on the left, at least 0
   * @param right the number of columns on the right, at least 0
   */
  record Sides(int top, int bottom, int left, int right) implements WindowPadding {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public Sides {
      checkArgument(
          top >= 0 && bottom >= 0 && left >= 0 && right >= 0,
          "the padding must be at least 0, found top %s, bottom %s, left %s, right %s",
          top,
          bottom,
          left,
          right);
    }

    boolean isEven() {
      return top == bottom && top == left && top == right;
    }

    @Override
    public String toString() {
      return isEven()
          ? Integer.toString(top)
          : "top %d, bottom %d, left %d, right %d".formatted(top, bottom, left, right);
    }
  }

  /** As TensorFlow's {@code SAME}. */
  record Same() implements WindowPadding {
    @Override
    public String toString() {
      return "same";
    }
  }
}
