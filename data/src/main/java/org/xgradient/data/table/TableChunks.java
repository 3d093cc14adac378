package org.xgradient.data.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.DataException;

/**
 * The rows of a file, some at a time. The levels of a categorical column are those of the chunk.
 *
 * <p>Not safe for use by several threads. Close it to close the file.
 */
public final class TableChunks implements Iterator<Table>, AutoCloseable {

  private final CsvRows rows;
  private final TableSchema schema;
  private final ImmutableSet<String> missingTokens;
  private final int rowsPerChunk;
  private final int[] positions;
  private @Nullable CSVRecord ahead;

  TableChunks(
      CsvRows rows, TableSchema schema, ImmutableSet<String> missingTokens, int rowsPerChunk) {
    this.rows = rows;
    this.schema = schema;
    this.missingTokens = missingTokens;
    this.rowsPerChunk = rowsPerChunk;
    this.positions =
        schema.columns().keySet().stream()
            .mapToInt(name -> position(name, rows.header()))
            .toArray();
    this.ahead = rows.next();
  }

  private static int position(String name, ImmutableList<String> header) {
    int position = header.indexOf(name);
    if (position < 0) {
      throw Names.unknownColumn(name, header);
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
        schema.columns().entrySet().stream()
            .map(column -> ColumnBuilder.of(column.getKey(), column.getValue()))
            .toList();
    for (int count = 0; count < rowsPerChunk && ahead != null; count++) {
      addRow(ahead, builders);
      ahead = rows.next();
    }
    return Table.of(builders.stream().map(ColumnBuilder::build).toList());
  }

  private void addRow(CSVRecord cells, List<ColumnBuilder> builders) {
    for (int i = 0; i < positions.length; i++) {
      String text = cells.get(positions[i]);
      ColumnBuilder builder = builders.get(i);
      if (missingTokens.contains(text)) {
        builder.addMissing();
      } else {
        add(text, builder);
      }
    }
  }

  private void add(String text, ColumnBuilder builder) {
    try {
      builder.add(text);
    } catch (DataException e) {
      throw new DataException(
          "%s, column \"%s\": %s".formatted(rows.where(), builder.name, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
