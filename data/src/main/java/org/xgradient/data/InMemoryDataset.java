package org.xgradient.data;

import com.google.common.primitives.ImmutableIntArray;

/** Labelled examples in arrays. */
public interface InMemoryDataset extends Dataset {

  /** {@return the examples, of shape {@code [size, ...]}} */
  FloatArray inputs();

  /** {@return the labels, of shape {@code [size]}} */
  FloatArray labels();

  /**
   * Labelled examples of one's own.
   *
   * @param inputs the examples, of shape {@code [size, ...]}
   * @param labels the labels, of shape {@code [size]}: class indices, or real numbers for
   *     regression
   * @param task what the labels mean
   * @param outputs the number of outputs of a model: 1 unless the task is multi-class
   * @return the data set
   * @throws IllegalArgumentException if there is not a label for each example, or a model of the
   *     task must not have that many outputs
   */
  static InMemoryDataset of(FloatArray inputs, FloatArray labels, Task task, int outputs) {
    return new ArrayDataset(inputs, labels, task, outputs);
  }

  @Override
  default int size() {
    return inputs().rows();
  }

  @Override
  default ImmutableIntArray inputShape() {
    return inputs().rowShape();
  }

  @Override
  default Batch batch(int... rows) {
    return new Batch(inputs().gather(rows), labels().gather(rows));
  }

  @Override
  default Batch all() {
    return new Batch(inputs(), labels());
  }
}
