package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.xgradient.graph.savedmodel.LoadedModel;

/** Examples for a SavedModel from a file, some at a time. */
abstract class ForeignData implements AutoCloseable {

  private static final ImmutableSet<String> RECORDS = ImmutableSet.of(".tfrecord", ".tfrecords");

  private final ImmutableList<ValueGroup> groups;

  ForeignData(ImmutableList<ValueGroup> groups) {
    this.groups = groups;
  }

  /**
   * Opens a file.
   *
   * @param model the model, borrowed
   * @param file a table, arrays in {@code .npy} or {@code .npz}, or examples in {@code .tfrecord}
   * @param reading how tables are read, and which of their columns
   * @param kept the names of columns that are carried over
   * @param rowsPerChunk how many examples are taken at a time
   */
  static ForeignData open(
      LoadedModel model, Path file, TableReading reading, List<String> kept, int rowsPerChunk) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean arrays = name.endsWith(".npy") || name.endsWith(".npz");
    boolean records =
        RECORDS.stream().anyMatch(end -> name.endsWith(end) || name.endsWith(end + ".gz"));
    if ((arrays || records) && !(kept.isEmpty() && reading.columns().isEmpty())) {
      throw new IllegalArgumentException(
          "--keep and --columns are for tables, found %s %s"
              .formatted(arrays ? "an array" : "records", file));
    }
    if (arrays) {
      return ArrayData.open(model, file, rowsPerChunk);
    }
    if (records) {
      return RecordData.open(model, file, rowsPerChunk);
    }
    return TableData.open(model, file, reading, kept, rowsPerChunk);
  }

  /** {@return the values of an input: all of it, or those of each of its features} */
  ImmutableList<ValueGroup> groups(String input) {
    return groups.stream()
        .filter(group -> group.input().equals(input))
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return what the values of an input are called} */
  ImmutableList<String> columns(String input) {
    return groups(input).stream()
        .flatMap(group -> group.columns().stream())
        .collect(ImmutableList.toImmutableList());
  }

  abstract boolean hasNext();

  abstract ForeignChunk next();

  @Override
  public abstract void close();
}
