package org.xgradient.benchmarks;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;

/** Random data. */
final class RandomRows {

  /** How many features decide a label. */
  private static final int SUMMED = 10;

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

  /**
   * {@return standard normal rows, labelled 1 where the sum of their first features is positive}
   */
  static InMemoryDataset labelled(long seed, int rows, ImmutableIntArray example) {
    FloatArray inputs = normal(seed, rows, example);
    FloatArray labels = FloatArray.zeros(rows);
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < SUMMED; j++) {
        sum += inputs.values()[i * inputs.rowSize() + j];
      }
      labels.values()[i] = sum > 0 ? 1 : 0;
    }
    return InMemoryDataset.of(inputs, labels, Task.BINARY, 1);
  }
}
