package org.xgradient.graph.architectures;

import org.xgradient.data.FloatArray;

/** Reorders the dimensions of arrays. */
final class AxisOrder {

  private AxisOrder() {}

  /**
   * Copies an array with its dimensions in another order.
   *
   * @param array the array
   * @param axes dimension {@code i} of the result is dimension {@code axes[i]} of the array
   * @return the copy
   */
  static FloatArray permuted(FloatArray array, int... axes) {
    int rank = axes.length;
    int[] stridesOfArray = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      stridesOfArray[i] = stride;
      stride *= array.shape().get(i);
    }
    int[] shape = new int[rank];
    int[] strides = new int[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = array.shape().get(axes[i]);
      strides[i] = stridesOfArray[axes[i]];
    }
    float[] values = array.values();
    float[] permuted = new float[values.length];
    int[] index = new int[rank];
    int from = 0;
    for (int to = 0; to < permuted.length; to++) {
      permuted[to] = values[from];
      for (int i = rank - 1; i >= 0; i--) {
        from += strides[i];
        if (++index[i] < shape[i]) {
          break;
        }
        from -= shape[i] * strides[i];
        index[i] = 0;
      }
    }
    return FloatArray.of(permuted, shape);
  }
}
