package org.xgradient.graph.savedmodel.parsing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;

/** From which features of parsed examples the tensors of a graph are computed. */
public final class FeatureOrigins {

  private final Map<TensorName, String> keyOf = new HashMap<>();
  private final ImmutableList<String> keys;
  private final Map<String, ImmutableSet<String>> byOperation = new HashMap<>();

  /**
   * Walks over a graph.
   *
   * @param graph a graph without calls of functions
   * @param parsers the operations that parse examples
   */
  public FeatureOrigins(GraphDef graph, List<ExampleParser> parsers) {
    this.keys =
        parsers.stream()
            .flatMap(parser -> parser.features().stream().map(ParsedFeature::key))
            .distinct()
            .collect(ImmutableList.toImmutableList());
    if (parsers.isEmpty()) {
      return;
    }
    parsers.forEach(parser -> keyOf.putAll(parser.keyOf()));
    for (NodeDef node : GraphDefs.topologicalOrder(graph.getNodeList())) {
      ImmutableSet.Builder<String> all = ImmutableSet.builder();
      GraphDefs.inputs(node).forEach(input -> all.addAll(of(input)));
      byOperation.put(node.getName(), all.build());
    }
  }

  /** {@return the keys of the features; none if the tensor is not made of parsed ones} */
  public ImmutableList<String> of(TensorName tensor) {
    String key = keyOf.get(tensor);
    return key == null
        ? byOperation.getOrDefault(tensor.operation(), ImmutableSet.of()).asList()
        : ImmutableList.of(key);
  }

  /** {@return the place of what is made of some features, in their order} */
  public int place(ImmutableList<String> features) {
    return features.isEmpty() ? -1 : keys.indexOf(features.get(0));
  }
}
