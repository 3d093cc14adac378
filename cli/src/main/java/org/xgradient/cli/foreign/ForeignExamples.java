package org.xgradient.cli.foreign;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.ColumnGroups;
import org.xgradient.data.table.Table;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.RowFailedException;

/**
 * Rows of a file as a SavedModel of others is explained on them.
 *
 * @param explained the explained values, of shape {@code [rows, ...]}
 * @param features what each explained value of a row is called
 * @param groups which of them are of which column
 * @param labels the cell of the label of each row; empty if none was asked for
 * @param rows the index of each row in its file
 */
public record ForeignExamples(
    FloatArray explained,
    ImmutableList<String> features,
    ColumnGroups groups,
    ImmutableList<String> labels,
    ImmutableIntArray rows) {

  private static final int ROWS_PER_CHUNK = 1024;

  /**
   * Reads rows.
   *
   * @param model the model, borrowed
   * @param file the table
   * @param reading how it is read
   * @param label the column of the label; empty if none is needed
   * @param most how many rows to draw, if there are more
   * @param seed the seed of the drawing
   * @throws IllegalArgumentException if the model is given more than what is explained
   * @throws org.xgradient.data.DataException if the table can't be read, or has no such column
   */
  public static ForeignExamples read(
      LoadedModel model,
      Path file,
      TableReading reading,
      Optional<String> label,
      int most,
      long seed) {
    checkArgument(
        !model.hasFixedInputs(),
        "this takes models all of whose inputs are explained, but some of %s are held fixed",
        model.inputs().stream().map(input -> input.name()).toList());
    List<float[]> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int rows = 0;
    ContributionColumns features;
    ContributionColumns columns;
    try (ForeignData data =
        ForeignData.open(model, file, reading, label.stream().toList(), ROWS_PER_CHUNK)) {
      features = ContributionColumns.of(model, data, true);
      columns = ContributionColumns.of(model, data, false);
      while (data.hasNext()) {
        ForeignChunk chunk = data.next();
        FloatArray explained = explained(model, chunk);
        values.add(explained.values());
        rows += chunk.rows();
        chunk.kept().forEach(cells -> labels.add(cells.get(0)));
      }
    }
    int[] shape =
        ImmutableIntArray.builder().add(rows).addAll(model.model().inputShape()).build().toArray();
    int[] drawn = draw(rows, most, seed);
    return new ForeignExamples(
        FloatArray.of(Floats.concat(values.toArray(float[][]::new)), shape).gather(drawn),
        features.names(),
        new ColumnGroups(columns.names(), columns.columnOf()),
        label.isEmpty()
            ? ImmutableList.of()
            : Arrays.stream(drawn).mapToObj(labels::get).collect(ImmutableList.toImmutableList()),
        ImmutableIntArray.copyOf(drawn));
  }

  /**
   * Reads the cells of what a model takes.
   *
   * @param model the model, borrowed
   * @param file the table
   * @param reading how it is read
   * @param label the column of the label
   * @param rows how many rows it has, at least one
   * @return a column for each value of each input
   */
  public static Table cells(
      LoadedModel model, Path file, TableReading reading, String label, int rows) {
    try (ForeignData data = ForeignData.open(model, file, reading, List.of(label), rows)) {
      return ForeignCells.of(model, data.next(), data);
    }
  }

  private static FloatArray explained(LoadedModel model, ForeignChunk chunk) {
    try {
      return model.examples(chunk.values()).explained();
    } catch (RowFailedException e) {
      throw e.after(chunk.before());
    }
  }

  private static int[] draw(int rows, int most, long seed) {
    return rows <= most
        ? IntStream.range(0, rows).toArray()
        : Arrays.copyOf(new DataRandom(seed).permutation(rows), most);
  }
}
