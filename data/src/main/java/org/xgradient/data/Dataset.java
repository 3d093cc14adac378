package org.xgradient.data;

import com.google.common.primitives.ImmutableIntArray;

/** Labelled examples that can be read in any order; an interface where users plug in their own. */
public interface Dataset {

  /** {@return the number of examples} */
  int size();

  /** {@return the shape of one example, without the batch dimension} */
  ImmutableIntArray inputShape();

  /** {@return what the labels mean} */
  Task task();

  /** {@return the number of outputs of a model of this data: 1 unless the task is multi-class} */
  int outputs();

  /** {@return whether a batch takes time to read, so that it should be read ahead} */
  default boolean readsFiles() {
    return false;
  }

  /**
   * Reads some examples.
   *
   * @param rows the indices of the examples, each in {@code [0, size())}
   * @return the examples in the order given
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Batch batch(int... rows);

  /** {@return all examples in order} */
  default Batch all() {
    int[] rows = new int[size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return batch(rows);
  }
}
