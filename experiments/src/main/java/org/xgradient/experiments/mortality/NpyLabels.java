package org.xgradient.experiments.mortality;

import java.nio.file.Path;
import java.util.Arrays;
import org.xgradient.data.DataException;
import org.xgradient.data.format.Npy;
import org.xgradient.data.table.NumericColumn;

/** Labels that NumPy has saved. */
final class NpyLabels {

  private NpyLabels() {}

  /** Reads as many zeros and ones as there are rows. */
  static NumericColumn read(Path file, int rows) {
    float[] labels = Npy.read(file).values();
    if (labels.length != rows) {
      throw new DataException(
          "%s must have a label for each of %s rows, found %s; choose the files that belong together"
              .formatted(file, rows, labels.length));
    }
    double[] checked = new double[rows];
    Arrays.setAll(checked, row -> requireBinary(file, row, labels[row]));
    return NumericColumn.of(Cohort.LABEL, checked);
  }

  private static float requireBinary(Path file, int row, float label) {
    if (label != 0 && label != 1) {
      throw new DataException(
          "%s: labels must be 0 (dead) or 1 (alive), found %s at index %s"
              .formatted(file, label, row));
    }
    return label;
  }
}
