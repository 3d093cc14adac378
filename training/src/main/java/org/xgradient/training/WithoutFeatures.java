package org.xgradient.training;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;

/**
 * Data whose masked features are all 0, their mean where features are standardized: what a model
 * learns from it that was never given them.
 *
 * @param source the data
 * @param mask 1 for each feature to take away, 0 for the others, of the shape of one example
 */
record WithoutFeatures(Dataset source, FloatArray mask) implements Dataset {

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
    float[] values = Arrays.copyOf(batch.inputs().values(), batch.inputs().size());
    for (int i = 0; i < values.length; i++) {
      if (mask.values()[i % mask.size()] != 0) {
        values[i] = 0;
      }
    }
    return new Batch(FloatArray.of(values, batch.inputs().shape().toArray()), batch.labels());
  }
}
