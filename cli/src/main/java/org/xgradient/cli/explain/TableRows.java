package org.xgradient.cli.explain;

import java.nio.file.Path;
import org.xgradient.cli.option.ExplainedRows;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.reading.TableChunks;

/**
 * The features of the rows of a table.
 *
 * @param preprocessing what makes them
 * @param chunks the rows
 */
record TableRows(TablePreprocessing preprocessing, TableChunks chunks) implements ExplainedRows {

  private static final int ROWS_PER_CHUNK = 1024;

  static TableRows open(TablePreprocessing preprocessing, Path file, RowOptions options) {
    return new TableRows(
        preprocessing,
        options.reader().open(file, options.schema(preprocessing.schema()), ROWS_PER_CHUNK));
  }

  @Override
  public boolean hasNext() {
    return chunks.hasNext();
  }

  @Override
  public FloatArray next() {
    return preprocessing.transform(chunks.next());
  }

  @Override
  public void close() {
    chunks.close();
  }
}
