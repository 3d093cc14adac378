package org.xgradient.cli.page;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.report.table.AttributedRows;
import org.xgradient.report.table.RowTable;

/**
 * The rows that a page shows: all of them, or of more than it can hold so many that were drawn at
 * random, each with the same chance, while they went by.
 */
public final class RowSample {

  /** Pages with these many rows stay fluid. */
  public static final int MOST_ROWS = 10_000;

  /** A cell with its contribution takes about ten bytes of a page. */
  private static final int MOST_CELLS = 600_000;

  private static final int FEWEST_ROWS = 100;

  private final ImmutableList<ShownColumn> columns;
  private final ImmutableList<String> classes;
  private final ImmutableList<String> keptNames;
  private final int most;
  private final DataRandom random;
  private final List<Map<String, Integer>> levels = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private long seen;

  private record Row(
      long number, List<String> kept, ImmutableDoubleArray cells, ExplainedRow explained) {}

  /**
   * Starts without rows.
   *
   * @param columns which columns there are, at least one
   * @param classes the classes of the label; empty for numbers
   * @param keptNames the names of columns that are shown as they are written
   * @param most how many rows are kept at most; fewer of very wide tables
   * @param seed the seed of the drawing
   */
  public RowSample(
      ImmutableList<ShownColumn> columns,
      ImmutableList<String> classes,
      ImmutableList<String> keptNames,
      int most,
      long seed) {
    this.columns = columns;
    this.classes = classes;
    this.keptNames = keptNames;
    this.most = Math.min(most, mostRows(columns.size()));
    this.random = new DataRandom(Seeds.derive(seed, "rows of a page"));
    for (ShownColumn column : columns) {
      Map<String, Integer> known = new LinkedHashMap<>();
      column.levels().forEach(level -> known.put(level, known.size()));
      levels.add(known);
    }
  }

  /** {@return how many rows of so many columns a page holds} */
  public static int mostRows(int columns) {
    int affordable = MOST_CELLS / columns;
    return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, affordable));
  }

  /**
   * Takes a row, or leaves it.
   *
   * @param number its number in the file
   * @param kept its cells in the columns that are shown as they are written
   * @param table where its other cells are
   * @param index the index of the row there
   * @param explained what is said of it, with a contribution for each column
   */
  public void add(long number, List<String> kept, Table table, int index, ExplainedRow explained) {
    seen++;
    if (rows.size() < most) {
      rows.add(new Row(number, ImmutableList.copyOf(kept), cells(table, index), explained));
      return;
    }
    long place = (long) (random.nextDouble() * seen);
    if (place < most) {
      rows.set(
          (int) place, new Row(number, ImmutableList.copyOf(kept), cells(table, index), explained));
    }
  }

  /** {@return how many rows went by} */
  public long seen() {
    return seen;
  }

  /** {@return whether some of them are not kept} */
  public boolean isDrawn() {
    return seen > rows.size();
  }

  /** {@return whether there is no row} */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  private ImmutableDoubleArray cells(Table table, int index) {
    double[] cells = new double[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      Column column = table.column(columns.get(i).name());
      if (column instanceof NumericColumn numbers) {
        cells[i] = numbers.value(index);
      } else {
        String level = ((CategoricalColumn) column).level(index);
        Map<String, Integer> known = levels.get(i);
        if (level == null) {
          cells[i] = CategoricalColumn.MISSING;
        } else {
          Integer code = known.computeIfAbsent(level, any -> known.size());
          cells[i] = code;
        }
      }
    }
    return ImmutableDoubleArray.copyOf(cells);
  }

  /**
   * The rows that were kept, in the order of the file.
   *
   * @param quantity what is explained, with its unit
   * @throws IllegalArgumentException if there is no row
   */
  public RowTable table(String quantity) {
    List<Row> ordered = rows.stream().sorted(Comparator.comparingLong(Row::number)).toList();
    int width = columns.size();
    float[] contributions = new float[ordered.size() * width];
    for (int row = 0; row < ordered.size(); row++) {
      ImmutableDoubleArray amounts = ordered.get(row).explained().contributions();
      for (int column = 0; column < width; column++) {
        contributions[row * width + column] = (float) amounts.get(column);
      }
    }
    boolean likely = ordered.stream().noneMatch(row -> Double.isNaN(row.explained().probability()));
    boolean complete = ordered.stream().allMatch(row -> row.explained().start().isPresent());
    var attributed =
        new AttributedRows(
            quantity,
            cells(ordered),
            FloatArray.of(contributions, ordered.size(), width),
            floats(ordered, row -> row.explained().end()),
            complete
                ? Optional.of(floats(ordered, row -> row.explained().start().orElseThrow()))
                : Optional.empty());
    return new RowTable(
        attributed,
        ImmutableLongArray.copyOf(ordered.stream().mapToLong(Row::number).boxed().toList()),
        kept(ordered),
        classes,
        classes.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ImmutableIntArray.copyOf(
                    ordered.stream().mapToInt(row -> row.explained().explainedClass()).toArray())),
        classes.isEmpty() || !likely
            ? Optional.empty()
            : Optional.of(
                ImmutableDoubleArray.copyOf(
                    ordered.stream().mapToDouble(row -> row.explained().probability()).toArray())));
  }

  private ImmutableMap<String, ImmutableList<String>> kept(List<Row> ordered) {
    ImmutableMap.Builder<String, ImmutableList<String>> kept = ImmutableMap.builder();
    for (int i = 0; i < keptNames.size(); i++) {
      int place = i;
      kept.put(
          keptNames.get(i),
          ordered.stream()
              .map(row -> row.kept().get(place))
              .collect(ImmutableList.toImmutableList()));
    }
    return kept.buildOrThrow();
  }

  private ImmutableList<Column> cells(List<Row> ordered) {
    ImmutableList.Builder<Column> built = ImmutableList.builder();
    for (int i = 0; i < columns.size(); i++) {
      ShownColumn column = columns.get(i);
      int place = i;
      double[] cells = ordered.stream().mapToDouble(row -> row.cells().get(place)).toArray();
      if (column.isNumeric()) {
        built.add(NumericColumn.of(column.name(), column.reading(), cells));
      } else {
        int[] codes = new int[cells.length];
        for (int row = 0; row < codes.length; row++) {
          codes[row] = (int) cells[row];
        }
        built.add(
            CategoricalColumn.of(
                column.name(),
                column.reading(),
                ImmutableList.copyOf(levels.get(i).keySet()),
                codes));
      }
    }
    return built.build();
  }

  private static FloatArray floats(List<Row> rows, ToDoubleFunction<Row> value) {
    float[] floats = new float[rows.size()];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = (float) value.applyAsDouble(rows.get(row));
    }
    return FloatArray.of(floats, floats.length);
  }
}
