package org.xgradient.data.format;

/** Arrays that stand in memory with a distance of their own for each dimension. */
final class Strides {

  private Strides() {}

  /**
   * Copies a view into row-major order. The caller has checked that it lies inside the values.
   *
   * @param values the memory
   * @param offset the index of the first element
   * @param strides the distance from one element to the next in each dimension, at least 0
   * @param shape the sizes of the dimensions
   * @return the elements in row-major order
   */
  static float[] copy(float[] values, int offset, long[] strides, int[] shape) {
    float[] copy = new float[ArrayShapes.size(shape)];
    int[] index = new int[shape.length];
    long from = offset;
    for (int to = 0; to < copy.length; to++) {
      copy[to] = values[(int) from];
      for (int d = shape.length - 1; d >= 0; d--) {
        from += strides[d];
        if (++index[d] < shape[d]) {
          break;
        }
        from -= strides[d] * shape[d];
        index[d] = 0;
      }
    }
    return copy;
  }

  /**
   * {@return whether the strides are those of row-major order; dimensions of size 1 don't count}
   */
  static boolean rowMajor(long[] strides, int[] shape) {
    long expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1 && strides[d] != expected) {
        return false;
      }
      expected *= shape[d];
    }
    return true;
  }
}
