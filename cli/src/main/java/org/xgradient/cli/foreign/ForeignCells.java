package org.xgradient.cli.foreign;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.Column;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.savedmodel.InputValues;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SerializedExamples;

/** The values that a SavedModel of others is given, as the cells of a table. */
final class ForeignCells {

  private ForeignCells() {}

  /** {@return a column for each value of each input} */
  static Table of(LoadedModel model, ForeignChunk chunk, ForeignData data) {
    List<Column> columns = new ArrayList<>();
    chunk
        .values()
        .forEach(
            (input, values) -> {
              ImmutableList<ParsedFeature> features = model.features(input);
              Map<String, InputValues> byName =
                  features.isEmpty()
                      ? Map.of(input, values)
                      : new SerializedExamples(features).values((InputValues.Texts) values);
              for (ValueGroup group : data.groups(input)) {
                ImmutableList<String> names = group.columns();
                InputValues of = requireNonNull(byName.get(group.name()));
                for (int i = 0; i < names.size(); i++) {
                  columns.add(column(names.get(i), of, i, names.size()));
                }
              }
            });
    return Table.of(columns);
  }

  private static Column column(String name, InputValues values, int element, int elements) {
    if (values instanceof InputValues.Texts texts) {
      Map<String, Integer> levels = new LinkedHashMap<>();
      int[] codes = new int[values.rows()];
      for (int row = 0; row < codes.length; row++) {
        byte[] text = texts.values().get(row * elements + element);
        codes[row] =
            levels.computeIfAbsent(
                new String(text, StandardCharsets.UTF_8), level -> levels.size());
      }
      return CategoricalColumn.of(name, List.copyOf(levels.keySet()), codes);
    }
    double[] numbers = new double[values.rows()];
    for (int row = 0; row < numbers.length; row++) {
      int index = row * elements + element;
      numbers[row] =
          values instanceof InputValues.Floats floats
              ? floats.array().values()[index]
              : ((InputValues.Numbers) values).values()[index];
    }
    return NumericColumn.of(name, numbers);
  }
}
