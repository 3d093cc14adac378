package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.savedmodel.InputValues.Texts;

/** Makes serialized {@code tf.Example}s of the values of their features, and back. */
public final class SerializedExamples {

  private final ImmutableList<ParsedFeature> features;

  /**
   * Takes the features of an input ({@link LoadedModel#features}).
   *
   * @param features the features
   */
  public SerializedExamples(ImmutableList<ParsedFeature> features) {
    this.features = features;
  }

  /**
   * Serializes rows. Left out of an example is a feature that is not required and whose value is
   * not a number or an empty text.
   *
   * @param values the values by the keys of the features, each of shape {@code [rows, ...]}, with
   *     the shape of the feature; those that are not required may be missing
   * @return the examples, of shape {@code [rows]}
   * @throws IllegalArgumentException if a required feature is missing, one is of another shape or
   *     kind or has other rows than the others, a number is no integer where one is needed, or no
   *     value is given
   */
  public InputValues of(Map<String, InputValues> values) {
    OptionalInt rows = values.values().stream().mapToInt(InputValues::rows).findFirst();
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "examples must have values of the features %s, found none".formatted(keys()));
    }
    List<Example.Builder> examples = new ArrayList<>();
    for (int row = 0; row < rows.getAsInt(); row++) {
      examples.add(Example.newBuilder());
    }
    for (ParsedFeature feature : features) {
      InputValues of = values.get(feature.key());
      if (of != null) {
        check(feature, of, examples.size());
        add(feature, of, examples);
      } else if (feature.required()) {
        throw new IllegalArgumentException(
            "examples must have the feature '%s', found %s"
                .formatted(feature.key(), values.keySet()));
      }
    }
    return InputValues.ofBytes(
        examples.stream().map(example -> example.build().toByteArray()).toList(), examples.size());
  }

  /**
   * The values in examples, where {@link #of} takes them from.
   *
   * @param examples the examples, one a row
   * @return the values of each feature, of shape {@code [rows, ...]}; not a number, or an empty
   *     text, where an example has none
   * @throws IllegalArgumentException if a row is no example
   */
  public ImmutableMap<String, InputValues> values(Texts examples) {
    List<Map<String, Feature>> parsed = new ArrayList<>();
    for (byte[] example : examples.values()) {
      try {
        parsed.add(Example.parseFrom(example).getFeatures().getFeatureMap());
      } catch (InvalidProtocolBufferException e) {
        throw new RowFailedException(
            parsed.size(), "", " must be a serialized tf.Example, found other bytes", e);
      }
    }
    ImmutableMap.Builder<String, InputValues> values = ImmutableMap.builder();
    for (ParsedFeature feature : features) {
      List<Feature> each = new ArrayList<>();
      for (Map<String, Feature> example : parsed) {
        each.add(example.getOrDefault(feature.key(), Feature.getDefaultInstance()));
      }
      values.put(feature.key(), values(feature, each));
    }
    return values.buildOrThrow();
  }

  private static InputValues values(ParsedFeature of, List<Feature> features) {
    int size = of.size();
    int[] shape =
        ImmutableIntArray.builder().add(features.size()).addAll(of.shape()).build().toArray();
    if (of.kind() == Kind.TEXTS) {
      List<byte[]> texts = new ArrayList<>();
      for (Feature feature : features) {
        for (int i = 0; i < size; i++) {
          texts.add(
              i < feature.getBytesList().getValueCount()
                  ? feature.getBytesList().getValue(i).toByteArray()
                  : new byte[0]);
        }
      }
      return InputValues.ofBytes(texts, shape);
    }
    double[] numbers = new double[features.size() * size];
    for (int row = 0; row < features.size(); row++) {
      for (int i = 0; i < size; i++) {
        numbers[row * size + i] = number(features.get(row), i);
      }
    }
    return InputValues.of(numbers, shape);
  }

  private static double number(Feature of, int index) {
    if (index < of.getFloatList().getValueCount()) {
      return of.getFloatList().getValue(index);
    }
    return index < of.getInt64List().getValueCount()
        ? of.getInt64List().getValue(index)
        : Double.NaN;
  }

  private List<String> keys() {
    return features.stream().map(ParsedFeature::key).toList();
  }

  private static void check(ParsedFeature feature, InputValues values, int rows) {
    ImmutableIntArray wanted =
        ImmutableIntArray.builder().add(rows).addAll(feature.shape()).build();
    boolean texts = feature.kind() == Kind.TEXTS;
    if (!values.shape().equals(wanted) || values instanceof Texts != texts) {
      throw new IllegalArgumentException(
          "feature '%s' must be of %s of shape %s, found %s of shape %s"
              .formatted(
                  feature.key(),
                  texts ? "texts" : "numbers",
                  wanted,
                  values instanceof Texts ? "texts" : "numbers",
                  values.shape()));
    }
  }

  private static void add(
      ParsedFeature feature, InputValues values, List<Example.Builder> examples) {
    int size = feature.size();
    for (int row = 0; row < examples.size(); row++) {
      int from = row * size;
      if (feature.required() || isGiven(values, from, size)) {
        examples
            .get(row)
            .getFeaturesBuilder()
            .putFeature(feature.key(), feature(feature, values, row));
      }
    }
  }

  private static boolean isGiven(InputValues values, int from, int size) {
    for (int i = from; i < from + size; i++) {
      boolean missing =
          values instanceof Texts texts
              ? texts.values().get(i).length == 0
              : Double.isNaN(number(values, i));
      if (missing) {
        return false;
      }
    }
    return true;
  }

  private static Feature feature(ParsedFeature of, InputValues values, int row) {
    int from = row * of.size();
    int to = from + of.size();
    Feature.Builder feature = Feature.newBuilder();
    switch (of.kind()) {
      case TEXTS -> {
        BytesList.Builder texts = BytesList.newBuilder();
        ((Texts) values)
            .values()
            .subList(from, to)
            .forEach(text -> texts.addValue(ByteString.copyFrom(text)));
        feature.setBytesList(texts);
      }
      case INTEGERS -> {
        Int64List.Builder integers = Int64List.newBuilder();
        for (int i = from; i < to; i++) {
          double number = number(values, i);
          if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw new RowFailedException(
                row,
                "",
                ": feature '%s' must be an integer, found %s; correct it"
                    .formatted(of.key(), number),
                null);
          }
          integers.addValue((long) number);
        }
        feature.setInt64List(integers);
      }
      default -> {
        FloatList.Builder floats = FloatList.newBuilder();
        for (int i = from; i < to; i++) {
          floats.addValue((float) number(values, i));
        }
        feature.setFloatList(floats);
      }
    }
    return feature.build();
  }

  private static double number(InputValues values, int index) {
    return values instanceof InputValues.Numbers numbers
        ? numbers.values()[index]
        : ((InputValues.Floats) values).array().values()[index];
  }
}
