package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.xgradient.graph.savedmodel.LoadedModel;

/** Examples for a SavedModel from a file, some at a time. */
abstract class ForeignData implements AutoCloseable {

  /** What the elements of each input are called, in row-major order. */
  private final ImmutableListMultimap<String, String> columns;

  ForeignData(ImmutableListMultimap<String, String> columns) {
    this.columns = columns;
  }

  /**
   * Opens a file.
   *
   * @param model the model, borrowed
   * @param file a table, or arrays in {@code .npy} or {@code .npz}
   * @param reading how tables are read, and which of their columns
   * @param kept the names of columns that are carried over
   * @param rowsPerChunk how many examples are taken at a time
   */
  static ForeignData open(
      LoadedModel model, Path file, TableReading reading, List<String> kept, int rowsPerChunk) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy") || name.endsWith(".npz")) {
      if (!kept.isEmpty() || !reading.columns().isEmpty()) {
        throw new IllegalArgumentException(
            "--keep and --columns are for tables, found an array " + file);
      }
      return ArrayData.open(model, file, rowsPerChunk);
    }
    return TableData.open(model, file, reading, kept, rowsPerChunk);
  }

  /** {@return what the elements of an input are called} */
  ImmutableList<String> columns(String input) {
    return columns.get(input);
  }

  abstract boolean hasNext();

  abstract ForeignChunk next();

  @Override
  public abstract void close();
}
