package org.xgradient.training;

import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;

/** Data sets that are drawn. */
public final class Examples {

  private Examples() {}

  /** Normal features; the label is whether the first exceeds a noisy second. */
  public static InMemoryDataset binary(int rows, int features, long seed) {
    DataRandom random = new DataRandom(seed);
    float[] values = normal(rows * features, random);
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      double score = values[i * features] - values[i * features + 1] + 0.3 * random.nextGaussian();
      labels[i] = score > 0 ? 1 : 0;
    }
    return InMemoryDataset.of(
        FloatArray.of(values, rows, features), FloatArray.of(labels, rows), Task.BINARY, 1);
  }

  /** Normal features; the label is the index of the largest of the first ones. */
  public static InMemoryDataset classes(int rows, int features, int classes, long seed) {
    float[] values = normal(rows * features, new DataRandom(seed));
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      int largest = 0;
      for (int c = 1; c < classes; c++) {
        if (values[i * features + c] > values[i * features + largest]) {
          largest = c;
        }
      }
      labels[i] = largest;
    }
    return InMemoryDataset.of(
        FloatArray.of(values, rows, features),
        FloatArray.of(labels, rows),
        Task.MULTICLASS,
        classes);
  }

  private static float[] normal(int size, DataRandom random) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
