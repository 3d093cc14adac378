package org.xgradient.data;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Some examples of a data set, in a given order.
 *
 * @param whole the data set
 * @param rows the indices of the examples, each in {@code [0, whole.size())}
 */
public record Subset(Dataset whole, ImmutableIntArray rows) implements Dataset {

  /**
   * Checks the rows.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public Subset {
    int size = whole.size();
    rows.forEach(
        row -> {
          if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException(
                "rows must be in [0, %s), found %s".formatted(size, row));
          }
        });
  }

  @Override
  public int size() {
    return rows.length();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return whole.inputShape();
  }

  @Override
  public Task task() {
    return whole.task();
  }

  @Override
  public int outputs() {
    return whole.outputs();
  }

  @Override
  public boolean readsFiles() {
    return whole.readsFiles();
  }

  @Override
  public Batch batch(int... indices) {
    int[] selected = new int[indices.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = rows.get(indices[i]);
    }
    return whole.batch(selected);
  }
}
