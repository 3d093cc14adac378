package org.xgradient.data.table;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;

/**
 * A table as a network reads it, held in memory.
 *
 * @param inputs the features, of shape {@code [size, features]}
 * @param labels the labels, of shape {@code [size]}: class indices, or real numbers for regression
 * @param task what the labels mean
 * @param outputs the number of outputs of a model: 1 unless the task is multi-class
 * @param featureNames the names of the features
 * @param groups which features come from which column of the table
 */
public record TabularDataset(
    FloatArray inputs,
    FloatArray labels,
    Task task,
    int outputs,
    ImmutableList<String> featureNames,
    ColumnGroups groups)
    implements InMemoryDataset {

  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if they do not
   */
  public TabularDataset {
    checkArgument(
        inputs.shape().length() == 2, "inputs must be of rank 2, found shape %s", inputs.shape());
    checkArgument(
        labels.shape().length() == 1 && labels.size() == inputs.rows(),
        "labels must be of shape [%s], one for each row, found %s",
        inputs.rows(),
        labels.shape());
    int features = inputs.shape().get(1);
    checkArgument(
        featureNames.size() == features && groups.features() == features,
        "there must be %s features, found %s names and %s in groups",
        features,
        featureNames.size(),
        groups.features());
    checkArgument(
        task == Task.MULTICLASS ? outputs >= 2 : outputs == 1,
        "a model of a %s task must not have %s outputs",
        task,
        outputs);
  }
}
