package org.xgradient.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Labelled examples in arrays, and nothing more.
 *
 * @param inputs the examples, of shape {@code [size, ...]}
 * @param labels the labels, of shape {@code [size]}
 * @param task what the labels mean
 * @param outputs the number of outputs of a model
 */
record ArrayDataset(FloatArray inputs, FloatArray labels, Task task, int outputs)
    implements InMemoryDataset {

  ArrayDataset {
    checkArgument(
        !inputs.shape().isEmpty(), "inputs must be of shape [size, ...], found a single number");
    checkArgument(
        labels.shape().equals(ImmutableIntArray.of(inputs.rows())),
        "labels must be of shape [%s], one for each row, found %s",
        inputs.rows(),
        labels.shape());
    checkArgument(
        task == Task.MULTICLASS ? outputs >= 2 : outputs == 1,
        "a model of a %s task must not have %s outputs",
        task,
        outputs);
  }
}
