package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Int64List;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.graphdef.TextConstants;

/**
 * Serialized examples of zeros and empty texts for inputs that a graph parses: an empty text is an
 * example without features, which a graph refuses that has no defaults for them.
 */
final class BlankExamples {

  /** The most values of all features; a graph is tried without those that would be beyond it. */
  private static final long MOST_VALUES = 1 << 20;

  private static final ImmutableSet<String> PASS_ON =
      ImmutableSet.of("Identity", "Reshape", "ExpandDims", "Squeeze");

  private final Map<String, NodeDef> nodes;
  private final Map<String, Example.Builder> examples = new HashMap<>();
  private long left = MOST_VALUES;

  private BlankExamples(Map<String, NodeDef> nodes) {
    this.nodes = nodes;
  }

  /**
   * Makes examples.
   *
   * @param graph a graph without calls of functions
   * @return an example for each placeholder that a parser takes, by the name of the placeholder;
   *     where several take it, with the features of all
   * @throws org.xgradient.data.DataException if the graph is damaged
   */
  static ImmutableMap<String, ByteString> of(GraphDef graph) {
    BlankExamples blank = new BlankExamples(GraphDefs.byName(graph.getNodeList()));
    graph.getNodeList().forEach(blank::look);
    ImmutableMap.Builder<String, ByteString> found = ImmutableMap.builder();
    blank.examples.forEach((input, example) -> found.put(input, example.build().toByteString()));
    return found.buildOrThrow();
  }

  private void look(NodeDef node) {
    switch (node.getOp()) {
      case "ParseExampleV2" -> add(node, texts(input(node, GraphDefs.inputs(node), 3)));
      case "ParseExample" -> {
        long sparse = GraphDefs.attribute(node, "Nsparse").getI();
        long dense = GraphDefs.attribute(node, "Ndense").getI();
        List<TensorName> inputs = GraphDefs.inputs(node);
        ImmutableList.Builder<ByteString> keys = ImmutableList.builder();
        for (long i = 0; i < dense; i++) {
          keys.addAll(texts(input(node, inputs, 2 + sparse + i)));
        }
        add(node, keys.build());
      }
      case "ParseSingleExample" ->
          add(node, GraphDefs.attribute(node, "dense_keys").getList().getSList());
      default -> {
        // Is no parser.
      }
    }
  }

  private List<ByteString> texts(TensorName constant) {
    NodeDef node = origin(constant);
    return node.getOp().equals("Const")
        ? TextConstants.of(GraphDefs.attribute(node, "value").getTensor())
        : List.of();
  }

  /** The operation that a tensor comes from, but for those that only pass it on. */
  private NodeDef origin(TensorName tensor) {
    NodeDef node = node(tensor);
    while (PASS_ON.contains(node.getOp())) {
      node = node(input(node, GraphDefs.inputs(node), 0));
    }
    return node;
  }

  private static TensorName input(NodeDef node, List<TensorName> inputs, long index) {
    if (index < 0 || index >= inputs.size()) {
      throw new SavedModelException(
          "the graph is damaged: %s (%s) must have an input %s, found %s inputs"
              .formatted(node.getName(), node.getOp(), index, inputs.size()));
    }
    return inputs.get((int) index);
  }

  private NodeDef node(TensorName tensor) {
    NodeDef node = nodes.get(tensor.operation());
    if (node == null) {
      throw new SavedModelException("the graph is damaged: it has no tensor '" + tensor + "'");
    }
    return node;
  }

  private void add(NodeDef parser, List<ByteString> keys) {
    NodeDef source = origin(input(parser, GraphDefs.inputs(parser), 0));
    if (!source.getOp().startsWith("Placeholder")) {
      return;
    }
    List<DataType> types = GraphDefs.attribute(parser, "Tdense").getList().getTypeList();
    List<TensorShapeProto> shapes =
        GraphDefs.attribute(parser, "dense_shapes").getList().getShapeList();
    Example.Builder example =
        examples.computeIfAbsent(source.getName(), name -> Example.newBuilder());
    for (int i = 0; i < Math.min(keys.size(), Math.min(types.size(), shapes.size())); i++) {
      Optional<Feature> feature = feature(types.get(i), shapes.get(i));
      String key = keys.get(i).toStringUtf8();
      feature.ifPresent(blank -> example.getFeaturesBuilder().putFeature(key, blank));
    }
  }

  /** As many values as the shape has, or, where one size is open, as one row of it. */
  private Optional<Feature> feature(DataType type, TensorShapeProto shape) {
    long values = 1;
    for (TensorShapeProto.Dim dimension : shape.getDimList()) {
      values = LongMath.saturatedMultiply(values, Math.max(1, dimension.getSize()));
    }
    if (values > left) {
      return Optional.empty();
    }
    left -= values;
    int size = (int) values;
    Feature.Builder feature = Feature.newBuilder();
    return switch (type) {
      case DT_FLOAT ->
          Optional.of(
              feature
                  .setFloatList(FloatList.newBuilder().addAllValue(Collections.nCopies(size, 0f)))
                  .build());
      case DT_INT64 ->
          Optional.of(
              feature
                  .setInt64List(Int64List.newBuilder().addAllValue(Collections.nCopies(size, 0L)))
                  .build());
      case DT_STRING ->
          Optional.of(
              feature
                  .setBytesList(
                      BytesList.newBuilder()
                          .addAllValue(Collections.nCopies(size, ByteString.EMPTY)))
                  .build());
      default -> Optional.empty();
    };
  }
}
