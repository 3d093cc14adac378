package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import org.xgradient.data.Batch;
import org.xgradient.data.Task;

/** Refuses labels that are not of a task: a loss would take them for something else. */
final class LabelCheck {

  private LabelCheck() {}

  static void check(Task task, int outputs, Batch batch) {
    int classes =
        switch (task) {
          case BINARY -> 2;
          case MULTICLASS -> outputs;
          case REGRESSION -> 0;
        };
    for (float label : batch.labels().values()) {
      if (task == Task.REGRESSION) {
        checkArgument(Float.isFinite(label), "labels must be finite, found %s", label);
      } else {
        checkArgument(
            label >= 0 && label < classes && label == (int) label,
            "labels must be whole numbers in [0, %s), found %s",
            Integer.valueOf(classes),
            Float.valueOf(label));
      }
    }
  }
}
