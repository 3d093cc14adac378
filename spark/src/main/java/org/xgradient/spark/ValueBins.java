package org.xgradient.spark;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.table.ColumnEncoding;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.spark.model.CellValues;
import org.xgradient.spark.model.InvalidCellException;

/** The values of a model's column, and the bins they are in, as functions that travel. */
final class ValueBins implements Serializable {

  private static final long serialVersionUID = 1;

  private static final double BINS_PER_SCALE = 2;

  /** Beyond three standard deviations there is one bin on each side. */
  private static final int MOST_BINS = 6;

  private final Encodings encodings;
  private final int column;
  private transient @Nullable ColumnEncoding read;
  private transient @Nullable ImmutableSet<String> levels;

  private ValueBins(Encodings encodings, int column) {
    this.encodings = encodings;
    this.column = column;
  }

  /** Those of all columns, in the order of the model. */
  static ImmutableList<ValueBins> of(TablePreprocessing preprocessing) {
    var encodings = new Encodings(preprocessing.toJson());
    return IntStream.range(0, preprocessing.encodings().size())
        .mapToObj(column -> new ValueBins(encodings, column))
        .collect(toImmutableList());
  }

  /** All columns as they travel: once for all that look at one, and read once where they arrive. */
  private static final class Encodings implements Serializable {
    private static final long serialVersionUID = 1;

    private final String json;
    private transient @Nullable ImmutableList<ColumnEncoding> read;

    Encodings(String json) {
      this.json = json;
    }

    synchronized ColumnEncoding get(int column) {
      ImmutableList<ColumnEncoding> known = read;
      if (known == null) {
        known = TablePreprocessing.fromJson(json).encodings();
        read = known;
      }
      return known.get(column);
    }
  }

  private synchronized ColumnEncoding encoding() {
    ColumnEncoding known = read;
    if (known == null) {
      known = encodings.get(column);
      read = known;
      levels =
          known instanceof ColumnEncoding.Categorical categorical
              ? ImmutableSet.copyOf(categorical.oneHot().levels())
              : ImmutableSet.of();
    }
    return known;
  }

  /** The number of a cell; null if it is missing or of a category. */
  UDF1<Object, Double> value() {
    return cell -> {
      double value = number(cell);
      return Double.isNaN(value) ? null : value;
    };
  }

  /** The bin of a cell. */
  UDF1<Object, String> bin() {
    return this::bin;
  }

  /** Rows with cells that can't be used have no attributions, so that none of them comes here. */
  private double number(@Nullable Object cell) throws InvalidCellException {
    return encoding() instanceof ColumnEncoding.Numeric numeric
        ? CellValues.number(numeric, cell)
        : Double.NaN;
  }

  private String bin(@Nullable Object cell) throws InvalidCellException {
    if (encoding() instanceof ColumnEncoding.Categorical categorical) {
      String level = CellValues.level(categorical, cell);
      if (level == null) {
        return GlobalViews.MISSING;
      }
      return levels != null && levels.contains(level) ? level : GlobalViews.OTHER;
    }
    double value = number(cell);
    if (Double.isNaN(value)) {
      return GlobalViews.MISSING;
    }
    var standardizer = ((ColumnEncoding.Numeric) encoding()).standardizer();
    double bin = Math.floor((value - standardizer.mean()) / standardizer.scale() * BINS_PER_SCALE);
    return Integer.toString((int) Math.max(-MOST_BINS - 1, Math.min(MOST_BINS, bin)));
  }
}
