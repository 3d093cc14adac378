package org.xgradient.spark.model;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.MeanImputer;
import org.xgradient.data.table.Standardizer;
import org.xgradient.data.table.TablePreprocessing;

/**
 * Rows with the columns of a table's model, encoded as its preprocessing encodes the cells of a
 * file: null is a missing cell, and so are the texts of missing cells.
 */
final class TableRows implements RowReader {

  private final Numbers[] numbers;
  private final Levels[] levels;

  private TableRows(List<Numbers> numbers, List<Levels> levels) {
    this.numbers = numbers.toArray(new Numbers[0]);
    this.levels = levels.toArray(new Levels[0]);
  }

  static TableRows of(TablePreprocessing preprocessing, ImmutableIntArray positions) {
    List<Numbers> numbers = new ArrayList<>();
    List<Levels> levels = new ArrayList<>();
    int feature = 0;
    for (int i = 0; i < positions.length(); i++) {
      ColumnEncoding encoding = preprocessing.encodings().get(i);
      if (encoding instanceof ColumnEncoding.Numeric numeric) {
        numbers.add(new Numbers(numeric, positions.get(i), feature));
      } else {
        levels.add(new Levels((ColumnEncoding.Categorical) encoding, positions.get(i), feature));
      }
      feature += encoding.featureNames().size();
    }
    return new TableRows(numbers, levels);
  }

  @Override
  public void read(Row row, float[] features, int offset) throws InvalidCellException {
    for (Numbers column : numbers) {
      column.read(row, features, offset);
    }
    for (Levels column : levels) {
      column.read(row, features, offset);
    }
  }

  /** A column of numbers; each is a division, so what it needs is at hand. */
  private static final class Numbers {
    private final ColumnEncoding.Numeric encoding;
    private final MeanImputer imputer;
    private final Standardizer standardizer;
    private final int position;
    private final int feature;

    Numbers(ColumnEncoding.Numeric encoding, int position, int feature) {
      this.encoding = encoding;
      this.imputer = encoding.imputer();
      this.standardizer = encoding.standardizer();
      this.position = position;
      this.feature = feature;
    }

    void read(Row row, float[] features, int offset) throws InvalidCellException {
      Object cell = row.get(position);
      double value = cell instanceof Double number ? number : CellValues.number(encoding, cell);
      if (Double.isInfinite(value)) {
        throw new InvalidCellException(encoding.column(), "finite or missing", cell);
      }
      float number = (float) standardizer.standardize(imputer.impute(value));
      if (!Float.isFinite(number)) {
        throw new InvalidCellException(encoding.column(), "small enough to be standardised", cell);
      }
      features[offset + feature] = number;
    }
  }

  /**
   * The feature of each text that was met is looked up once. Most texts are then found by one
   * comparison: in the slot that their length, their first and their last letter give.
   */
  private static final class Levels {
    /** Beyond this, texts are looked up anew, so that a column of other things takes no memory. */
    private static final int MOST_KNOWN = 100_000;

    /** A power of two. */
    private static final int SLOTS = 64;

    private final ColumnEncoding.Categorical encoding;
    private final int position;
    private final int feature;
    private final int missing;
    private final @Nullable Object[] inSlot = new Object[SLOTS];
    private final int[] indexInSlot = new int[SLOTS];
    private final Map<Object, Integer> known = new HashMap<>();

    Levels(ColumnEncoding.Categorical encoding, int position, int feature) {
      this.encoding = encoding;
      this.position = position;
      this.feature = feature;
      this.missing = encoding.oneHot().indexOf(null);
    }

    void read(Row row, float[] features, int offset) {
      Object cell = row.get(position);
      int index = cell == null ? missing : index(cell);
      if (index >= 0) {
        features[offset + feature + index] = 1;
      }
    }

    private int index(Object cell) {
      int slot = slot(cell);
      if (!cell.equals(inSlot[slot])) {
        indexInSlot[slot] = known(cell);
        inSlot[slot] = cell;
      }
      return indexInSlot[slot];
    }

    /** Cheaper than a hash code, which reads all letters of a text. */
    private static int slot(Object cell) {
      if (cell instanceof String text) {
        int length = text.length();
        return length == 0
            ? 0
            : (text.charAt(length - 1) + 31 * (length + text.charAt(0))) & (SLOTS - 1);
      }
      return cell.hashCode() & (SLOTS - 1);
    }

    private int known(Object cell) {
      Integer index = known.get(cell);
      if (index != null) {
        return index;
      }
      int found = encoding.oneHot().indexOf(CellValues.level(encoding, cell));
      if (known.size() < MOST_KNOWN) {
        known.put(cell, found);
      }
      return found;
    }
  }
}
