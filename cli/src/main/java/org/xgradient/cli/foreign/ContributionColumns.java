package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.savedmodel.ExplainedPart;
import org.xgradient.graph.savedmodel.LoadedModel;

/**
 * To which column of the data each explained value belongs: its own, that of the token whose
 * embedding it is a part of, or that of the input or feature that it was encoded from.
 *
 * @param names the names of the columns
 * @param columnOf the column of each explained value
 */
record ContributionColumns(ImmutableList<String> names, ImmutableIntArray columnOf) {

  /**
   * Finds the columns.
   *
   * @param perFeature whether each explained value has a column of its own
   */
  static ContributionColumns of(LoadedModel model, ForeignData data, boolean perFeature) {
    Map<String, Integer> index = new LinkedHashMap<>();
    ImmutableIntArray.Builder columnOf = ImmutableIntArray.builder();
    for (ExplainedPart part : model.parts()) {
      for (int i = 0; i < part.size(); i++) {
        String name = perFeature ? feature(part, i, data) : column(model, part, i, data);
        Integer column = index.get(name);
        if (column == null) {
          column = index.size();
          index.put(name, column);
        }
        columnOf.add(column);
      }
    }
    return new ContributionColumns(ImmutableList.copyOf(index.keySet()), columnOf.build());
  }

  private static String feature(ExplainedPart part, int value, ForeignData data) {
    if (part.isInput()) {
      return data.columns(part.inputs().get(0)).get(value);
    }
    return part.tensor() + Places.of(value, part.shape());
  }

  private static String column(LoadedModel model, ExplainedPart part, int value, ForeignData data) {
    if (part.inputs().size() > 1) {
      return String.join(" + ", part.inputs());
    }
    String input = part.inputs().get(0);
    if (!part.features().isEmpty()) {
      return ofFeatures(part, value, data.groups(input));
    }
    ImmutableList<String> columns = data.columns(input);
    ImmutableIntArray shape = shape(model, input);
    if (columns.size() == 1) {
      return columns.get(0);
    }
    boolean perElement =
        part.shape().length() >= shape.length()
            && part.shape().subArray(0, shape.length()).equals(shape);
    return perElement
        ? columns.get(value / (part.size() / columns.size()))
        : part.tensor() + Places.of(value, part.shape());
  }

  /** A column for each value of a feature, where as many are explained; else the feature's own. */
  private static String ofFeatures(ExplainedPart part, int value, List<ValueGroup> groups) {
    if (part.features().size() > 1) {
      return String.join(" + ", part.features());
    }
    String feature = part.features().get(0);
    ImmutableList<String> columns =
        groups.stream()
            .filter(group -> group.name().equals(feature))
            .map(ValueGroup::columns)
            .findFirst()
            .orElse(ImmutableList.of());
    if (columns.size() == 1) {
      return columns.get(0);
    }
    return columns.size() == part.size() ? columns.get(value) : feature;
  }

  private static ImmutableIntArray shape(LoadedModel model, String input) {
    return model.inputs().stream()
        .filter(candidate -> candidate.name().equals(input))
        .map(ModelInput::shape)
        .findFirst()
        .orElseThrow();
  }

  /** {@return the sums of the values of each column of one example} */
  float[] sums(float[] values) {
    double[] sums = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      sums[columnOf.get(i)] += values[i];
    }
    float[] rounded = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (float) sums[i];
    }
    return rounded;
  }
}
