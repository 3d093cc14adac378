package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.graphdef.TextConstants;

/**
 * Values of inputs that the lookup tables behind them know: a model may fail on what is in no
 * table, zeros and empty texts included.
 */
final class KnownKeys {

  /** What keeps the values, or the numbers that they are. */
  private static final ImmutableSet<String> KEEP =
      ImmutableSet.of("Identity", "Cast", "Reshape", "ExpandDims", "Squeeze", "StringLower");

  private KnownKeys() {}

  /**
   * Finds them.
   *
   * @param graph the graph
   * @param inputs the operations that are fed
   * @param keys the keys of the tables, by their operations
   * @return the first key of a table that an input is looked up in, by the operation of the input
   */
  static ImmutableMap<String, InputValues> of(
      GraphDef graph, Set<String> inputs, Map<String, TensorProto> keys) {
    Map<String, NodeDef> nodes = GraphDefs.byName(graph.getNodeList());
    Map<String, InputValues> known = new HashMap<>();
    for (NodeDef node : nodes.values()) {
      if (node.getOp().equals("LookupTableFindV2") && GraphDefs.inputs(node).size() == 3) {
        TensorProto ofTable = keys.get(origin(nodes, GraphDefs.inputs(node).get(0)));
        String input = origin(nodes, GraphDefs.inputs(node).get(1));
        if (ofTable != null && inputs.contains(input)) {
          first(ofTable).ifPresent(key -> known.put(input, key));
        }
      }
    }
    return ImmutableMap.copyOf(known);
  }

  private static String origin(Map<String, NodeDef> nodes, TensorName tensor) {
    String name = tensor.operation();
    NodeDef node = nodes.get(name);
    for (int i = 0; i < nodes.size() && node != null && KEEP.contains(node.getOp()); i++) {
      name = GraphDefs.inputs(node).get(0).operation();
      node = nodes.get(name);
    }
    return name;
  }

  private static Optional<InputValues> first(TensorProto keys) {
    if (keys.getDtype() == DataType.DT_STRING) {
      return TextConstants.of(keys).stream()
          .findFirst()
          .map(text -> InputValues.ofBytes(List.of(text.toByteArray()), 1));
    }
    return number(keys).map(number -> InputValues.of(new double[] {number}, 1));
  }

  private static Optional<Double> number(TensorProto keys) {
    ByteString content = keys.getTensorContent();
    ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return switch (keys.getDtype()) {
      case DT_INT32 -> {
        if (content.size() >= Integer.BYTES) {
          yield Optional.of((double) bytes.getInt());
        }
        yield keys.getIntValList().stream().findFirst().map(Integer::doubleValue);
      }
      case DT_INT64 -> {
        if (content.size() >= Long.BYTES) {
          yield Optional.of((double) bytes.getLong());
        }
        yield keys.getInt64ValList().stream().findFirst().map(Long::doubleValue);
      }
      default -> Optional.empty();
    };
  }
}
