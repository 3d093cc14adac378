package org.xgradient.spark.model;

import com.google.common.primitives.ImmutableIntArray;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.TablePreprocessing;

/**
 * Rows with the columns of a table's model, encoded as its preprocessing encodes the cells of a
 * file: null is a missing cell, and so are the texts of missing cells.
 */
final class TableRows implements RowReader {

  private final Cells[] columns;

  private TableRows(Cells... columns) {
    this.columns = columns;
  }

  static TableRows of(TablePreprocessing preprocessing, ImmutableIntArray positions) {
    Cells[] columns = new Cells[positions.length()];
    int feature = 0;
    for (int i = 0; i < positions.length(); i++) {
      ColumnEncoding encoding = preprocessing.encodings().get(i);
      columns[i] =
          encoding instanceof ColumnEncoding.Numeric numeric
              ? new Numbers(numeric, positions.get(i), feature)
              : new Levels((ColumnEncoding.Categorical) encoding, positions.get(i), feature);
      feature += encoding.featureNames().size();
    }
    return new TableRows(columns);
  }

  @Override
  public void read(Row row, float[] features, int offset) throws InvalidCellException {
    for (Cells column : columns) {
      column.read(row, features, offset);
    }
  }

  /** The cells of a column. */
  private interface Cells {
    void read(Row row, float[] features, int offset) throws InvalidCellException;
  }

  private record Numbers(ColumnEncoding.Numeric encoding, int position, int feature)
      implements Cells {

    @Override
    public void read(Row row, float[] features, int offset) throws InvalidCellException {
      Object cell = row.get(position);
      double value = CellValues.number(encoding, cell);
      if (Double.isInfinite(value)) {
        throw new InvalidCellException(encoding.column(), "finite or missing", cell);
      }
      float feature = (float) encoding.standardizer().standardize(encoding.imputer().impute(value));
      if (!Float.isFinite(feature)) {
        throw new InvalidCellException(encoding.column(), "small enough to be standardised", cell);
      }
      features[offset + feature()] = feature;
    }
  }

  /**
   * The feature of each text that was met is looked up once. The first few are compared one by one,
   * which takes less than to find them in a map.
   */
  private static final class Levels implements Cells {
    /** Beyond this, texts are looked up anew, so that a column of other things takes no memory. */
    private static final int MOST_KNOWN = 100_000;

    private static final int FEW = 8;

    private final ColumnEncoding.Categorical encoding;
    private final int position;
    private final int feature;
    private final int missing;
    private final Object[] first = new Object[FEW];
    private final int[] indexOfFirst = new int[FEW];
    private int met;
    private final Map<Object, Integer> others = new HashMap<>();

    Levels(ColumnEncoding.Categorical encoding, int position, int feature) {
      this.encoding = encoding;
      this.position = position;
      this.feature = feature;
      this.missing = encoding.oneHot().indexOf(null);
    }

    @Override
    public void read(Row row, float[] features, int offset) {
      Object cell = row.get(position);
      int index = cell == null ? missing : index(cell);
      if (index >= 0) {
        features[offset + feature + index] = 1;
      }
    }

    private int index(Object cell) {
      for (int i = 0; i < met; i++) {
        if (first[i].equals(cell)) {
          return indexOfFirst[i];
        }
      }
      Integer known = others.get(cell);
      return known == null ? look(cell) : known;
    }

    private int look(Object cell) {
      int index = encoding.oneHot().indexOf(CellValues.level(encoding, cell));
      if (met < FEW) {
        first[met] = cell;
        indexOfFirst[met++] = index;
      } else if (others.size() < MOST_KNOWN) {
        others.put(cell, index);
      }
      return index;
    }
  }
}
