package org.xgradient.data.mortality;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.Npy;
import org.xgradient.data.table.NumericColumn;

/** Labels that NumPy has saved. */
final class NpyLabels {

  private NpyLabels() {}

  /** Reads as many zeros and ones as there are rows. */
  static NumericColumn read(Path file, int rows) {
    float[] labels = readArray(file).values();
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

  private static FloatArray readArray(Path file) {
    try {
      return Npy.read(file);
    } catch (FormatException e) {
      throw new DataException("the labels cannot be read: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new DataException("cannot read " + file + "; check the path", e);
    }
  }
}
