package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Npy;
import org.xgradient.data.format.Npz;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;

/** Examples from arrays: one for the only input, or one for each by its name. */
final class ArrayData extends ForeignData {

  private final ImmutableMap<String, FloatArray> arrays;
  private final int rows;
  private final int rowsPerChunk;
  private int next;

  private ArrayData(
      ImmutableList<ValueGroup> groups, ImmutableMap<String, FloatArray> arrays, int rowsPerChunk) {
    super(groups);
    this.arrays = arrays;
    this.rows = arrays.values().asList().get(0).rows();
    this.rowsPerChunk = rowsPerChunk;
  }

  static ArrayData open(LoadedModel model, Path file, int rowsPerChunk) {
    ImmutableList<ModelInput> used = ValueGroup.used(model);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")) {
      if (used.size() > 1) {
        throw new IllegalArgumentException(
            "the model has the inputs %s; give an array for each by its name in one .npz file, or"
                    .formatted(used.stream().map(ModelInput::name).toList())
                + " a table");
      }
      arrays.put(used.get(0).name(), fitted(used.get(0), Npy.read(file), file));
    } else {
      NamedArrays named = Npz.read(file);
      boolean ofAnother =
          ValueGroup.unused(model).stream().anyMatch(group -> named.names().contains(group.name()));
      for (ModelInput input : used) {
        boolean only = used.size() == 1 && named.size() == 1 && !ofAnother;
        String name = only ? named.names().iterator().next() : input.name();
        if (!named.names().contains(name)) {
          throw new IllegalArgumentException(
              "%s must have an array '%s', found %s".formatted(file, name, named.names()));
        }
        arrays.put(input.name(), fitted(input, named.get(name), file));
      }
    }
    int rows = arrays.values().iterator().next().rows();
    arrays.forEach(
        (name, array) -> {
          if (array.rows() != rows) {
            throw new IllegalArgumentException(
                "the arrays of %s must have as many rows, found %s and %s ('%s')"
                    .formatted(file, rows, array.rows(), name));
          }
        });
    return new ArrayData(ValueGroup.ofInputs(model), ImmutableMap.copyOf(arrays), rowsPerChunk);
  }

  /** A column of numbers may stand for rows of one. */
  private static FloatArray fitted(ModelInput input, FloatArray array, Path file) {
    ImmutableIntArray shape = input.shape();
    int size = shape.stream().reduce(1, Math::multiplyExact);
    if (array.shape().isEmpty() || (array.rows() > 0 && array.rowSize() != size)) {
      throw new IllegalArgumentException(
          "input '%s' must be of shape [rows, ...] with rows of shape %s, found %s in %s"
              .formatted(input.name(), shape, array.shape(), file));
    }
    if (array.rows() == 0) {
      throw new IllegalArgumentException(file + " has no rows; it must have at least one");
    }
    return FloatArray.of(
        array.values(),
        ImmutableIntArray.builder().add(array.rows()).addAll(shape).build().toArray());
  }

  @Override
  boolean hasNext() {
    return next < rows;
  }

  @Override
  ForeignChunk next() {
    int from = next;
    int to = Math.min(rows, from + rowsPerChunk);
    next = to;
    ImmutableMap.Builder<String, InputValues> values = ImmutableMap.builder();
    arrays.forEach((name, array) -> values.put(name, InputValues.of(array.rows(from, to))));
    return new ForeignChunk(values.buildOrThrow(), from, to - from, ImmutableList.of());
  }

  @Override
  public void close() {}
}
