package org.xgradient.cli.foreign;

import java.nio.file.Path;
import java.util.List;
import org.xgradient.cli.option.ExplainedRows;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.savedmodel.LoadedModel;

/** The rows of a file as a SavedModel of others is explained on them. */
public final class ForeignRows implements ExplainedRows {

  private static final int ROWS_PER_CHUNK = 1024;

  private final LoadedModel model;
  private final ForeignData data;

  private ForeignRows(LoadedModel model, ForeignData data) {
    this.model = model;
    this.data = data;
  }

  /**
   * Opens a file.
   *
   * @param model the model, borrowed
   * @param reading how tables are read
   */
  public static ForeignRows open(LoadedModel model, Path file, TableReading reading) {
    return new ForeignRows(
        model, ForeignData.open(model, file, reading, List.of(), ROWS_PER_CHUNK));
  }

  @Override
  public boolean hasNext() {
    return data.hasNext();
  }

  @Override
  public FloatArray next() {
    return model.examples(data.next().values()).explained();
  }

  @Override
  public void close() {
    data.close();
  }
}
