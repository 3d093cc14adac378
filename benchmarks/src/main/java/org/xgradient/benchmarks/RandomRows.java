package org.xgradient.benchmarks;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;

/** Random data. */
final class RandomRows {

  private RandomRows() {}

  /** {@return standard normal values, of shape {@code [rows, ...]}} */
  static FloatArray normal(long seed, int rows, ImmutableIntArray example) {
    int[] shape = ImmutableIntArray.builder().add(rows).addAll(example).build().toArray();
    FloatArray values = FloatArray.zeros(shape);
    var random = new DataRandom(seed);
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
