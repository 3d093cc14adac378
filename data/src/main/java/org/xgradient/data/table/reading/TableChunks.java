package org.xgradient.data.table.reading;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;
import org.xgradient.data.table.ColumnReading;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TableSchema;
import org.xgradient.data.table.text.Names;

/**
 * The rows of a file, some at a time. The levels of a categorical column are those of the chunk.
 *
 * <p>Not safe for use by several threads. Close it to close the file.
 */
public final class TableChunks implements Iterator<Table>, AutoCloseable {

  private final CsvRows rows;
  private final Leniency rules;
  private final int rowsPerChunk;
  private final ImmutableList<Cell> cells;
  private final ImmutableIntArray kept;
  private ImmutableList<ImmutableList<String>> keptCells = ImmutableList.of();
  private @Nullable List<String> ahead;

  TableChunks(CsvRows rows, TableSchema schema, Leniency rules, int rowsPerChunk) {
    this.rows = rows;
    this.rules = rules;
    this.rowsPerChunk = rowsPerChunk;
    List<String> header = rows.header();
    List<String> unkept = lacking(header, rules.kept());
    if (!unkept.isEmpty()) {
      throw Names.unknownColumns(unkept, header);
    }
    List<String> absent = lacking(header, schema.readings().keySet());
    if (!absent.isEmpty() && !rules.absentMissing()) {
      throw new AbsentColumnsException(Names.unknownColumns(absent, header));
    }
    this.cells =
        schema.readings().entrySet().stream()
            .map(column -> new Cell(column.getKey(), column.getValue(), header))
            .collect(toImmutableList());
    this.kept =
        ImmutableIntArray.copyOf(rules.kept().stream().mapToInt(name -> position(name, header)));
    this.ahead = rows.next();
  }

  private static List<String> lacking(List<String> header, Collection<String> names) {
    return names.stream().filter(name -> !header.contains(name)).toList();
  }

  private static int position(String name, List<String> header) {
    int position = header.indexOf(name);
    if (position != header.lastIndexOf(name)) {
      throw new DataException(
          "the columns must have different names, found \"%s\" twice; rename one".formatted(name));
    }
    return position;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  /**
   * Reads the next rows.
   *
   * @return a table of the columns of the schema
   * @throws DataException if a row cannot be read; the message names the row and the column
   * @throws NoSuchElementException if there are no more rows
   */
  @Override
  public Table next() {
    if (ahead == null) {
      throw new NoSuchElementException("there are no more rows");
    }
    List<ColumnBuilder> builders =
        cells.stream().map(cell -> ColumnBuilder.of(cell.name, cell.reading)).toList();
    ImmutableList.Builder<ImmutableList<String>> keptRows = ImmutableList.builder();
    for (int count = 0; count < rowsPerChunk && ahead != null; count++) {
      if (!kept.isEmpty()) {
        keptRows.add(kept.stream().mapToObj(ahead::get).collect(toImmutableList()));
      }
      for (int i = 0; i < cells.size(); i++) {
        add(cells.get(i), ahead, builders.get(i));
      }
      ahead = rows.next();
    }
    keptCells = keptRows.build();
    return Table.of(builders.stream().map(ColumnBuilder::build).toList());
  }

  private void add(Cell cell, List<String> row, ColumnBuilder builder) {
    String text = cell.position < 0 ? "" : row.get(cell.position);
    if (cell.position < 0 || cell.missing.contains(text)) {
      builder.addMissing();
      return;
    }
    cell.count++;
    try {
      if (!builder.add(text)) {
        addOdd(cell, text, builder);
      }
    } catch (DataException e) {
      throw new DataException(
          "%s, column \"%s\": %s".formatted(rows.where(), cell.name, e.getMessage()), e);
    }
  }

  private void addOdd(Cell cell, String text, ColumnBuilder builder) {
    if (!rules.oddMissing() && cell.reading instanceof ColumnReading.Numeric numeric) {
      throw new DataException(
          "must be %s, found \"%s\"; correct the cell%s"
              .formatted(
                  numeric.expected(),
                  text,
                  OtherDecimal.of(numeric, text).map(", or "::concat).orElse("")));
    }
    cell.odd.add(rows.row(), rows.line(), text);
    builder.addMissing();
  }

  /**
   * {@return the odd cells of each column in order among the rows read so far, which are missing in
   * the tables; empty lists if odd cells are errors}
   */
  public ImmutableList<OddCells> oddCells() {
    return cells.stream()
        .map(cell -> cell.odd.of(cell.name, cell.count))
        .collect(toImmutableList());
  }

  /**
   * {@return the cells of the columns that are kept, for each row of the last table, as they stand
   * in the file; empty if none is kept}
   */
  public ImmutableList<ImmutableList<String>> keptCells() {
    return keptCells;
  }

  /** {@return the columns of the schema that the file lacks, whose cells are missing} */
  public ImmutableList<String> absent() {
    return cells.stream()
        .filter(cell -> cell.position < 0)
        .map(cell -> cell.name)
        .collect(toImmutableList());
  }

  @Override
  public void close() {
    rows.close();
  }

  /** Where the cells of a column are, and what was found in them. */
  private static final class Cell {

    private final String name;
    private final ColumnReading reading;
    private final TokenSet missing;
    private final int position;
    private final OddCells.Tally odd = new OddCells.Tally();
    private long count;

    Cell(String name, ColumnReading reading, List<String> header) {
      this.name = name;
      this.reading = reading;
      this.missing = new TokenSet(reading.missing());
      this.position = position(name, header);
    }
  }
}
