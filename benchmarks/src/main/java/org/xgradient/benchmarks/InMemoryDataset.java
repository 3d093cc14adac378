package org.xgradient.benchmarks;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/**
 * Labelled examples in arrays.
 *
 * @param inputs the examples, of shape {@code [size, ...]}
 * @param labels the labels, of shape {@code [size]}
 * @param task what the labels mean
 * @param outputs the number of outputs of a model
 */
record InMemoryDataset(FloatArray inputs, FloatArray labels, Task task, int outputs)
    implements Dataset {

  @Override
  public int size() {
    return inputs.rows();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return inputs.rowShape();
  }

  @Override
  public Batch batch(int... rows) {
    return new Batch(inputs.gather(rows), labels.gather(rows));
  }
}
