package org.xgradient.graph.savedmodel.parsing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.ModelInput.Kind;
import org.xgradient.graph.ParsedFeature;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.graphdef.TextConstants;

/**
 * An operation that parses serialized examples, and what it takes out of them.
 *
 * @param input the placeholder of the examples
 * @param features what is taken out of them and can be given
 * @param keyOf the key of each output's feature, by the tensor
 */
public record ExampleParser(
    String input, ImmutableList<ParsedFeature> features, ImmutableMap<TensorName, String> keyOf) {

  private static final ImmutableSet<String> PASS_ON =
      ImmutableSet.of("Identity", "Reshape", "ExpandDims", "Squeeze");

  private static final ImmutableMap<DataType, Kind> KINDS =
      ImmutableMap.of(
          DataType.DT_FLOAT, Kind.FLOATS,
          DataType.DT_INT64, Kind.INTEGERS,
          DataType.DT_STRING, Kind.TEXTS);

  /**
   * Finds the parsers that take a placeholder.
   *
   * @param graph a graph without calls of functions
   * @throws DataException if the graph is damaged
   */
  public static ImmutableList<ExampleParser> of(GraphDef graph) {
    Map<String, NodeDef> nodes = GraphDefs.byName(graph.getNodeList());
    ImmutableList.Builder<ExampleParser> found = ImmutableList.builder();
    for (NodeDef node : graph.getNodeList()) {
      if (ImmutableSet.of("ParseExampleV2", "ParseExample", "ParseSingleExample")
          .contains(node.getOp())) {
        new Reading(nodes, node).parser().ifPresent(found::add);
      }
    }
    return found.build();
  }

  /**
   * {@return the features of each input, each once, in the order of their parsers}
   *
   * @param parsers the parsers of a graph
   */
  public static ImmutableListMultimap<String, ParsedFeature> features(List<ExampleParser> parsers) {
    Map<String, Map<String, ParsedFeature>> byInput = new HashMap<>();
    ImmutableListMultimap.Builder<String, ParsedFeature> all = ImmutableListMultimap.builder();
    for (ExampleParser parser : parsers) {
      Map<String, ParsedFeature> seen =
          byInput.computeIfAbsent(parser.input(), input -> new HashMap<>());
      for (ParsedFeature feature : parser.features()) {
        if (seen.putIfAbsent(feature.key(), feature) == null) {
          all.put(parser.input(), feature);
        }
      }
    }
    return all.build();
  }

  /** Reads one operation. */
  private static final class Reading {

    private final Map<String, NodeDef> nodes;
    private final NodeDef node;
    private final List<TensorName> inputs;
    private final ImmutableList.Builder<ParsedFeature> features = ImmutableList.builder();
    private final ImmutableMap.Builder<TensorName, String> keyOf = ImmutableMap.builder();

    Reading(Map<String, NodeDef> nodes, NodeDef node) {
      this.nodes = nodes;
      this.node = node;
      this.inputs = GraphDefs.inputs(node);
    }

    Optional<ExampleParser> parser() {
      NodeDef source = origin(input(0));
      if (!source.getOp().startsWith("Placeholder")) {
        return Optional.empty();
      }
      switch (node.getOp()) {
        case "ParseExampleV2" -> {
          int sparse = types("sparse_types").size();
          int dense = types("Tdense").size();
          List<DataType> ragged = types("ragged_value_types");
          sparse(keysAt(2, sparse));
          dense(keysAt(3, dense), 5, 3 * sparse);
          // Values of all, then the ends of their rows.
          open(keysAt(4, ragged.size()), ragged, 3 * sparse + dense);
        }
        case "ParseExample" -> {
          int sparse = types("sparse_types").size();
          int dense = types("Tdense").size();
          sparse(texts(2, sparse));
          dense(texts(2 + sparse, dense), 2 + sparse + dense, 3 * sparse);
        }
        default -> {
          sparse(attribute("sparse_keys").getSList());
          dense(attribute("dense_keys").getSList(), 1, 3 * types("sparse_types").size());
        }
      }
      return Optional.of(
          new ExampleParser(source.getName(), features.build(), keyOf.buildKeepingLast()));
    }

    private AttrValue.ListValue attribute(String name) {
      return GraphDefs.attribute(node, name).getList();
    }

    private List<DataType> types(String attribute) {
      return node.containsAttr(attribute)
          ? GraphDefs.attribute(node, attribute).getList().getTypeList()
          : List.of();
    }

    /** Indices of all, values of all, shapes of all. */
    private void sparse(List<ByteString> keys) {
      List<DataType> types = types("sparse_types");
      open(keys, types, 0);
      outputs(keys, 2 * types.size(), types.size());
    }

    /** Features of which an example may have as many values as it likes. */
    private void open(List<ByteString> keys, List<DataType> types, int firstOutput) {
      for (int i = 0; i < Math.min(keys.size(), types.size()); i++) {
        add(keys.get(i), types.get(i), ImmutableIntArray.of(), false);
      }
      outputs(keys, firstOutput, types.size());
      outputs(keys, firstOutput + types.size(), types.size());
    }

    private void dense(List<ByteString> keys, int firstDefault, int firstOutput) {
      List<DataType> types = types("Tdense");
      List<TensorShapeProto> shapes = attribute("dense_shapes").getShapeList();
      int size = Math.min(keys.size(), Math.min(types.size(), shapes.size()));
      for (int i = 0; i < size; i++) {
        int next = i;
        boolean required =
            shapes.get(i).getDimList().stream().allMatch(dimension -> dimension.getSize() >= 0)
                && (firstDefault + i >= inputs.size() || isEmpty(inputs.get(firstDefault + i)));
        shape(shapes.get(i))
            .ifPresent(shape -> add(keys.get(next), types.get(next), shape, required));
      }
      outputs(keys, firstOutput, types.size());
    }

    private void add(ByteString key, DataType type, ImmutableIntArray shape, boolean required) {
      Kind kind = KINDS.get(type);
      if (kind != null) {
        features.add(new ParsedFeature(key.toStringUtf8(), kind, shape, required));
      }
    }

    private void outputs(List<ByteString> keys, int firstOutput, int count) {
      for (int i = 0; i < Math.min(keys.size(), count); i++) {
        keyOf.put(new TensorName(node.getName(), firstOutput + i), keys.get(i).toStringUtf8());
      }
    }

    /** One row where the number of rows is open; nothing if there is no such array. */
    private static Optional<ImmutableIntArray> shape(TensorShapeProto proto) {
      ImmutableIntArray.Builder shape = ImmutableIntArray.builder();
      long values = 1;
      for (TensorShapeProto.Dim dimension : proto.getDimList()) {
        long size = dimension.getSize() < 0 ? 1 : dimension.getSize();
        values = LongMath.saturatedMultiply(values, size);
        if (size > Integer.MAX_VALUE || values > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        shape.add((int) size);
      }
      return Optional.of(shape.build());
    }

    /** Whether a default has no values, which says that there is none. */
    private boolean isEmpty(TensorName constant) {
      NodeDef of = origin(constant);
      if (!of.getOp().equals("Const")) {
        return false;
      }
      TensorProto tensor = GraphDefs.attribute(of, "value").getTensor();
      return tensor.getTensorShape().getDimList().stream()
          .anyMatch(dimension -> dimension.getSize() == 0);
    }

    /** The texts of one input; of none, nothing is looked up. */
    private List<ByteString> keysAt(int index, int count) {
      return count == 0 ? List.of() : texts(input(index));
    }

    private List<ByteString> texts(int first, int count) {
      ImmutableList.Builder<ByteString> texts = ImmutableList.builder();
      for (int i = 0; i < count; i++) {
        texts.addAll(texts(input(first + i)));
      }
      return texts.build();
    }

    private List<ByteString> texts(TensorName constant) {
      NodeDef of = origin(constant);
      return of.getOp().equals("Const")
          ? TextConstants.of(GraphDefs.attribute(of, "value").getTensor())
          : List.of();
    }

    /** The operation that a tensor comes from, but for those that only pass it on. */
    private NodeDef origin(TensorName tensor) {
      NodeDef of = node(tensor);
      while (PASS_ON.contains(of.getOp())) {
        of = node(input(of, GraphDefs.inputs(of), 0));
      }
      return of;
    }

    private TensorName input(int index) {
      return input(node, inputs, index);
    }

    private static TensorName input(NodeDef of, List<TensorName> inputs, int index) {
      if (index >= inputs.size()) {
        throw new DataException(
            "the graph is damaged: %s (%s) must have an input %s, found %s inputs"
                .formatted(of.getName(), of.getOp(), index, inputs.size()));
      }
      return inputs.get(index);
    }

    private NodeDef node(TensorName tensor) {
      NodeDef of = nodes.get(tensor.operation());
      if (of == null) {
        throw new DataException("the graph is damaged: it has no tensor '" + tensor + "'");
      }
      return of;
    }
  }
}
