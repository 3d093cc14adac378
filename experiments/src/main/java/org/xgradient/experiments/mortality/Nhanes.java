package org.xgradient.experiments.mortality;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnType;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.reading.TableReader;

/**
 * Reads the files in which NHANES I, the first National Health and Nutrition Examination Survey,
 * and its follow-up go around: the subset of 18 features of the SHAP project, the follow-up alone,
 * and the 118 features of the sparsity experiment.
 */
public final class Nhanes {

  /** The subset's features. */
  public static final String FEATURES_FILE = "NHANESI_subset_X.csv";

  /** The subset's follow-up. */
  public static final String FOLLOW_UP_FILE = "NHANESI_subset_y.csv";

  /** The name of the column that numbers the persons: pandas leaves it empty. */
  private static final String INDEX = "";

  private static final String YEARS = "y";

  private Nhanes() {}

  /**
   * Reads the subset of 18 features.
   *
   * @param folder a folder with the files {@value #FEATURES_FILE} and {@value #FOLLOW_UP_FILE}
   * @return the persons
   * @throws DataException if a file is missing or damaged, or the two are not of the same persons
   */
  public static Cohort read(Path folder) {
    return read(folder.resolve(FEATURES_FILE), folder.resolve(FOLLOW_UP_FILE));
  }

  /**
   * Reads features and follow-up.
   *
   * @param features a CSV file that has a column without a name to number the persons, and numbers
   *     in all columns
   * @param followUp a CSV file with the same first column, and the years in the column {@code y}
   * @return the persons
   * @throws DataException if a file is missing or damaged, or the two are not of the same persons
   */
  public static Cohort read(Path features, Path followUp) {
    Table examined = readNumbers(features);
    Table followed = readNumbers(followUp);
    requireSamePersons(features, examined, followUp, followed);
    return new Cohort(examined.without(INDEX), followUp(followed, followUp));
  }

  /**
   * Reads the features of the sparsity experiment, whose labels are in another file.
   *
   * @param file a CSV file that has a column without a name to number the persons, which is left
   *     out; numbers in the other columns, or {@code True} (1) and {@code False} (0)
   * @return the features
   * @throws DataException if the file is missing or damaged
   */
  public static Table readFeatures(Path file) {
    Table table = TableReader.withDefaults().read(file);
    ImmutableList<NumericColumn> columns =
        table.columns().stream()
            .filter(column -> !column.name().equals(INDEX))
            .map(column -> TruthValues.toNumbers(file, column))
            .collect(ImmutableList.toImmutableList());
    if (columns.isEmpty()) {
      throw new DataException(file + " must have columns with names, found none");
    }
    return Table.of(columns);
  }

  /**
   * Reads the features and the labels of the sparsity experiment.
   *
   * @param features a CSV file as {@link #readFeatures} reads it
   * @param labels an npy file with a label for each row, 1 alive and 0 dead
   * @return the features and the column {@value Cohort#LABEL}
   * @throws DataException if a file is missing or damaged, or the two do not fit
   */
  public static Table readLabelled(Path features, Path labels) {
    Table table = readFeatures(features);
    return table.with(NpyLabels.read(labels, table.rows()));
  }

  private static Table readNumbers(Path file) {
    TableReader reader = TableReader.withDefaults();
    return reader.read(
        file, TableSchema.of(Maps.toMap(reader.header(file), name -> ColumnType.NUMERIC)));
  }

  private static FollowUp followUp(Table table, Path file) {
    NumericColumn years = column(table, YEARS, file);
    for (int row = 0; row < years.rows(); row++) {
      if (years.isMissing(row)) {
        throw new DataException(
            "%s, row %s: the years of follow-up are missing; write 0 if there was none"
                .formatted(file, row + 1));
      }
    }
    return new FollowUp(
        ImmutableDoubleArray.copyOf(IntStream.range(0, years.rows()).mapToDouble(years::value)));
  }

  private static void requireSamePersons(
      Path features, Table examined, Path followUp, Table followed) {
    NumericColumn first = column(examined, INDEX, features);
    NumericColumn second = column(followed, INDEX, followUp);
    if (first.rows() != second.rows()) {
      throw new DataException(
          "%s and %s must be of the same persons, found %s and %s rows"
              .formatted(features, followUp, first.rows(), second.rows()));
    }
    for (int row = 0; row < first.rows(); row++) {
      if (first.value(row) != second.value(row)) {
        throw new DataException(
            "%s and %s must number the same persons in the same order, found %s and %s in row %s"
                .formatted(features, followUp, first.value(row), second.value(row), row + 1));
      }
    }
  }

  private static NumericColumn column(Table table, String name, Path file) {
    try {
      return table.numeric(name);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }
}
