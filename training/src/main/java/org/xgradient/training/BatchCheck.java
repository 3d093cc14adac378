package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.data.Batch;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Task;
import org.xgradient.graph.Finiteness;

/**
 * Refuses inputs that are not finite, and labels that are not of a task: a loss would take them for
 * something else.
 */
final class BatchCheck {

  private BatchCheck() {}

  /**
   * Checks a batch.
   *
   * @param rows the rows of the data that it has
   * @throws IllegalArgumentException if a value is not as it must be; the message has its row
   */
  static void check(Dataset data, ImmutableIntArray rows, Batch batch) {
    checkInputs(rows, batch.inputs());
    int classes =
        switch (data.task()) {
          case BINARY -> 2;
          case MULTICLASS -> data.outputs();
          case REGRESSION -> 0;
        };
    for (int i = 0; i < rows.length(); i++) {
      float label = batch.labels().values()[i];
      if (data.task() == Task.REGRESSION) {
        checkArgument(
            Float.isFinite(label),
            "labels must be finite, found %s in row %s",
            Float.valueOf(label),
            Integer.valueOf(rows.get(i)));
      } else {
        checkArgument(
            label >= 0 && label < classes && label == (int) label,
            "labels must be whole numbers in [0, %s), found %s in row %s",
            Integer.valueOf(classes),
            Float.valueOf(label),
            Integer.valueOf(rows.get(i)));
      }
    }
  }

  private static void checkInputs(ImmutableIntArray rows, FloatArray inputs) {
    int index = Finiteness.firstNotFinite(inputs.values());
    if (index >= 0) {
      throw new IllegalArgumentException(
          "inputs must be finite, found %s in row %s, feature %s"
              .formatted(
                  inputs.values()[index],
                  rows.get(index / inputs.rowSize()),
                  index % inputs.rowSize()));
    }
  }
}
