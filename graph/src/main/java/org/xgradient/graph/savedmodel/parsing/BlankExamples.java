package org.xgradient.graph.savedmodel.parsing;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.Int64List;
import org.xgradient.graph.ParsedFeature;

/**
 * Serialized examples of zeros and empty texts for inputs that a graph parses: an empty text is an
 * example without features, which a graph refuses that has no defaults for them.
 */
public final class BlankExamples {

  /** The most values of all features; a graph is tried without those that would be beyond it. */
  private static final long MOST_VALUES = 1 << 20;

  private BlankExamples() {}

  /**
   * Makes examples.
   *
   * @param parsers the parsers of a graph
   * @return an example for each placeholder that a parser takes, by the name of the placeholder;
   *     where several take it, with the features of all
   */
  public static ImmutableMap<String, ByteString> of(List<ExampleParser> parsers) {
    Map<String, Example.Builder> examples = new HashMap<>();
    long left = MOST_VALUES;
    for (ExampleParser parser : parsers) {
      Example.Builder example =
          examples.computeIfAbsent(parser.input(), input -> Example.newBuilder());
      for (ParsedFeature feature : parser.features()) {
        // Numbers and texts that stand alone have a default, or need not be there.
        boolean needed = feature.required() || !feature.shape().isEmpty();
        if (needed && feature.size() <= left) {
          left -= feature.size();
          example.getFeaturesBuilder().putFeature(feature.key(), blank(feature));
        }
      }
    }
    ImmutableMap.Builder<String, ByteString> found = ImmutableMap.builder();
    examples.forEach((input, example) -> found.put(input, example.build().toByteString()));
    return found.buildOrThrow();
  }

  private static Feature blank(ParsedFeature of) {
    int size = of.size();
    Feature.Builder feature = Feature.newBuilder();
    switch (of.kind()) {
      case TEXTS ->
          feature.setBytesList(
              BytesList.newBuilder().addAllValue(Collections.nCopies(size, ByteString.EMPTY)));
      case INTEGERS ->
          feature.setInt64List(Int64List.newBuilder().addAllValue(Collections.nCopies(size, 0L)));
      default ->
          feature.setFloatList(FloatList.newBuilder().addAllValue(Collections.nCopies(size, 0f)));
    }
    return feature.build();
  }
}
