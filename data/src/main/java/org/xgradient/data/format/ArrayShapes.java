package org.xgradient.data.format;

import java.nio.file.Path;
import java.util.List;

/** Checks shapes that a file claims. */
final class ArrayShapes {

  private static final int MAXIMUM_RANK = 64;

  /** The longest array that every virtual machine can allocate. */
  private static final int MAXIMUM_SIZE = Integer.MAX_VALUE - 8;

  private ArrayShapes() {}

  /**
   * Checks that an array of this shape can exist.
   *
   * @param file the file that claims it
   * @param place where it claims it
   * @param dimensions the sizes of the dimensions
   * @return the same sizes
   * @throws FormatException if there are too many dimensions, one is negative, or they hold too
   *     many values
   */
  static int[] check(Path file, String place, List<Long> dimensions) {
    if (dimensions.size() > MAXIMUM_RANK) {
      throw new FormatException(
          file, place + ": rank", "at most " + MAXIMUM_RANK, dimensions.size());
    }
    int[] shape = new int[dimensions.size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      long dimension = dimensions.get(i);
      if (dimension < 0 || dimension > MAXIMUM_SIZE) {
        throw tooLarge(file, place, dimensions);
      }
      shape[i] = (int) dimension;
      // A zero hides no overflow: the row sizes of an empty array must be numbers too.
      size *= Math.max(1, dimension);
      if (size > MAXIMUM_SIZE) {
        throw tooLarge(file, place, dimensions);
      }
    }
    return shape;
  }

  private static FormatException tooLarge(Path file, String place, List<Long> dimensions) {
    return new FormatException(
        file,
        place + ": shape",
        "dimensions of at least 0 that hold at most " + MAXIMUM_SIZE + " values",
        dimensions);
  }

  /** {@return the number of values in an array of a checked shape} */
  static int size(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    return size;
  }
}
