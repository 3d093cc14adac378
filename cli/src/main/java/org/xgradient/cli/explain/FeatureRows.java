package org.xgradient.cli.explain;

import java.nio.file.Path;
import java.util.List;
import org.xgradient.cli.option.ExplainedRows;
import org.xgradient.cli.option.RowOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.reading.RowReview;
import org.xgradient.data.table.reading.TableChunks;

/**
 * The features of the rows of a table.
 *
 * @param preprocessing what makes them
 * @param chunks the rows
 * @param review what of them the model has not seen
 * @param options how much of that is tolerated
 */
record FeatureRows(
    TablePreprocessing preprocessing, TableChunks chunks, RowReview review, RowOptions options)
    implements ExplainedRows {

  private static final int ROWS_PER_CHUNK = 1024;

  static FeatureRows open(TablePreprocessing preprocessing, Path file, RowOptions options) {
    return new FeatureRows(
        preprocessing,
        options.open(file, preprocessing.schema(), List.of(), ROWS_PER_CHUNK),
        RowReview.of(preprocessing),
        options);
  }

  @Override
  public boolean hasNext() {
    return chunks.hasNext();
  }

  @Override
  public FloatArray next() {
    Table rows = chunks.next();
    review.add(rows);
    return preprocessing.transform(rows);
  }

  @Override
  public void judge(String option) {
    options.judge(option, review.findings(chunks));
  }

  @Override
  public void close() {
    chunks.close();
  }
}
