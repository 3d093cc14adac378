package org.xgradient.training;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.Task;
import org.xgradient.training.objective.Masked;

/**
 * Data without what a model must not depend on: what it learns from it that was never given that.
 *
 * @param source the data
 * @param masked what is taken away
 */
record MaskedDataset(Dataset source, Masked masked) implements Dataset {

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return source.inputShape();
  }

  @Override
  public Task task() {
    return source.task();
  }

  @Override
  public int outputs() {
    return source.outputs();
  }

  @Override
  public boolean readsFiles() {
    return source.readsFiles();
  }

  @Override
  public Batch batch(int... rows) {
    Batch batch = source.batch(rows);
    return new Batch(masked.without(batch.inputs()), batch.labels());
  }
}
