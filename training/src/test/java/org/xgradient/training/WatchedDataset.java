package org.xgradient.training;

import com.google.common.primitives.ImmutableIntArray;
import java.util.function.Consumer;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.Task;

/**
 * A data set that tells which rows are asked for, in order.
 *
 * @param data the data
 * @param readsFiles whether the trainer takes it for one that reads files
 * @param reading told of the rows of each batch, on the thread that reads them
 */
record WatchedDataset(Dataset data, boolean readsFiles, Consumer<ImmutableIntArray> reading)
    implements Dataset {

  @Override
  public int size() {
    return data.size();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return data.inputShape();
  }

  @Override
  public Task task() {
    return data.task();
  }

  @Override
  public int outputs() {
    return data.outputs();
  }

  @Override
  public Batch batch(int... rows) {
    reading.accept(ImmutableIntArray.copyOf(rows));
    return data.batch(rows);
  }
}
