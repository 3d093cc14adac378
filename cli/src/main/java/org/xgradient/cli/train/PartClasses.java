package org.xgradient.cli.train;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.function.UnaryOperator;
import org.xgradient.data.DataException;
import org.xgradient.data.Dataset;
import org.xgradient.data.Split;
import org.xgradient.data.Task;

/** The classes of the rows by which epochs and the model are judged. */
final class PartClasses {

  private PartClasses() {}

  /** What to do about the rows of a part that is drawn at random. */
  static String ofShare(String part) {
    return "take more rows of the rarer class, or a larger --%s share".formatted(part);
  }

  /**
   * Checks that a ROC-AUC is defined for the validation and the test rows, better before the
   * training than after it.
   *
   * @param dataset all rows
   * @param classes what the two classes are called, if there are two
   * @param advice what to do if a part has one class only
   * @throws DataException if such rows are all of one of two classes
   */
  static void requireBoth(
      Dataset dataset, Split split, List<String> classes, UnaryOperator<String> advice) {
    if (dataset.task() == Task.BINARY) {
      requireBoth(dataset, "validation", split.validation(), classes, advice);
      requireBoth(dataset, "test", split.test(), classes, advice);
    }
  }

  private static void requireBoth(
      Dataset dataset,
      String part,
      ImmutableIntArray rows,
      List<String> classes,
      UnaryOperator<String> advice) {
    if (rows.isEmpty()) {
      return;
    }
    float[] labels = dataset.batch(rows.toArray()).labels().values();
    int ones = 0;
    for (float label : labels) {
      ones += (int) label;
    }
    if (ones == 0 || ones == labels.length) {
      throw new DataException(
          "the %s rows must be of both classes for a ROC-AUC, found %d of \"%s\" and %d of \"%s\"; %s"
              .formatted(
                  part,
                  labels.length - ones,
                  classes.get(0),
                  ones,
                  classes.get(1),
                  advice.apply(part)));
    }
  }
}
