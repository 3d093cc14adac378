package org.xgradient.cli.foreign;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.ModelInput.Role;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.savedmodel.LoadedModel;

/**
 * Values that belong together: an input, or a feature of an input of examples that are parsed.
 *
 * @param input the name of the input
 * @param name the name of the input, or the key of the feature
 * @param kind what the values are
 * @param shape the shape of one example's
 * @param required whether each example must have them
 * @param columns what each value is called, in row-major order
 */
record ValueGroup(
    String input,
    String name,
    Kind kind,
    ImmutableIntArray shape,
    boolean required,
    ImmutableList<String> columns) {

  /** {@return what a model takes, called by the names of inputs and features and by places} */
  static ImmutableList<ValueGroup> of(LoadedModel model) {
    ImmutableList.Builder<ValueGroup> groups = ImmutableList.builder();
    for (ModelInput input : used(model)) {
      ImmutableList<ParsedFeature> features = model.features(input.name());
      if (features.isEmpty()) {
        groups.add(ofInput(input));
      }
      for (ParsedFeature feature : features) {
        groups.add(
            new ValueGroup(
                input.name(),
                feature.key(),
                feature.kind(),
                feature.shape(),
                feature.required(),
                elements(feature.key(), feature.shape())));
      }
    }
    return groups.build();
  }

  /** {@return the inputs that a model takes, each by itself} */
  static ImmutableList<ValueGroup> ofInputs(LoadedModel model) {
    return used(model).stream().map(ValueGroup::ofInput).collect(ImmutableList.toImmutableList());
  }

  static ImmutableList<ModelInput> used(LoadedModel model) {
    return model.inputs().stream()
        .filter(input -> input.role() != Role.UNUSED)
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return the inputs on which the output does not depend} */
  static ImmutableList<ValueGroup> unused(LoadedModel model) {
    return model.inputs().stream()
        .filter(input -> input.role() == Role.UNUSED)
        .map(ValueGroup::ofInput)
        .collect(ImmutableList.toImmutableList());
  }

  private static ValueGroup ofInput(ModelInput input) {
    return new ValueGroup(
        input.name(),
        input.name(),
        input.kind(),
        input.shape(),
        true,
        elements(input.name(), input.shape()));
  }

  private static ImmutableList<String> elements(String name, ImmutableIntArray shape) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    return size == 1
        ? ImmutableList.of(name)
        : IntStream.range(0, size)
            .mapToObj(i -> name + Places.of(i, shape))
            .collect(ImmutableList.toImmutableList());
  }

  /** {@return the same values called otherwise} */
  ValueGroup called(List<String> names) {
    return new ValueGroup(input, name, kind, shape, required, ImmutableList.copyOf(names));
  }

  /** {@return the number of values} */
  int size() {
    return columns.size();
  }
}
