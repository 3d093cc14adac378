package org.xgradient.experiments.image;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.data.image.ImageFiles;

/**
 * Image files with a class for each.
 *
 * @param files the files
 * @param classOfEach the classes
 * @param outputs the number of classes
 */
record PhotoSet(ImageFiles files, ImmutableIntArray classOfEach, int outputs) implements Dataset {

  @Override
  public int size() {
    return classOfEach.length();
  }

  @Override
  public ImmutableIntArray inputShape() {
    return files.inputShape();
  }

  @Override
  public Task task() {
    return Task.MULTICLASS;
  }

  @Override
  public Batch batch(int... rows) {
    FloatArray labels = FloatArray.zeros(rows.length);
    for (int i = 0; i < rows.length; i++) {
      labels.values()[i] = classOfEach.get(rows[i]);
    }
    return new Batch(files.read(rows), labels);
  }
}
