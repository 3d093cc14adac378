package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;
import org.xgradient.data.DataException;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.FreshNames;
import org.xgradient.graph.graphdef.GraphDefs;
import org.xgradient.graph.graphdef.OpDefs;
import org.xgradient.graph.graphdef.TensorName;

/**
 * A graph that is fed by placeholders only. Exporters of TensorFlow's first version feed tensors in
 * the midst of a graph, such as what was parsed from an example.
 *
 * @param graph the graph, with a placeholder for each tensor that is fed
 * @param placeholders where each tensor is fed now
 */
record FedTensors(GraphDef graph, ImmutableMap<TensorName, TensorName> placeholders) {

  private static final String PLACEHOLDER = "Placeholder";

  /**
   * Looks for the tensors in a graph.
   *
   * @param graph the graph, whose functions are left alone
   * @param fed the tensors that are fed
   * @throws DataException if one is not there
   */
  static FedTensors of(GraphDef graph, Collection<TensorName> fed) {
    Map<String, NodeDef> nodes = GraphDefs.byName(graph.getNodeList());
    Map<TensorName, TensorName> placeholders = new HashMap<>();
    FreshNames names = new FreshNames(graph.getNodeList());
    GraphDef.Builder changed = graph.toBuilder().clearNode();
    for (TensorName tensor : fed) {
      NodeDef node = nodes.get(tensor.operation());
      if (node == null) {
        throw new DataException("the graph is damaged: it has no tensor '" + tensor + "'");
      }
      if (node.getOp().equals(PLACEHOLDER)) {
        placeholders.put(tensor, tensor);
      } else {
        String name = names.take(node.getName() + "/fed");
        placeholders.put(tensor, TensorName.of(name));
        changed
            .addNodeBuilder()
            .setName(name)
            .setOp(PLACEHOLDER)
            .putAttr("dtype", Attributes.of(type(node, tensor)));
      }
    }
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder copy = node.toBuilder().clearInput();
      for (String input : node.getInputList()) {
        TensorName instead =
            input.startsWith("^") ? null : placeholders.get(TensorName.parse(input));
        copy.addInput(instead == null ? input : instead.toString());
      }
      changed.addNode(copy);
    }
    return new FedTensors(changed.build(), ImmutableMap.copyOf(placeholders));
  }

  private static DataType type(NodeDef node, TensorName tensor) {
    var types = OpDefs.outputTypes(node);
    if (tensor.output() >= types.size()) {
      throw new DataException("the graph is damaged: it has no tensor '" + tensor + "'");
    }
    return types.get(tensor.output());
  }

  /**
   * {@return the graph, in which placeholders say the shapes of the inputs, for lengths of loops}
   */
  GraphDef withShapes(Map<String, SignatureInput> inputs) {
    GraphDef.Builder shaped = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      SignatureInput input = inputs.get(node.getName());
      if (input == null || input.shape().isEmpty() || !input.batched()) {
        shaped.addNode(node);
      } else {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setSize(-1);
        input.shape().get().forEach(size -> shape.addDimBuilder().setSize(size));
        shaped.addNode(
            node.toBuilder().putAttr("shape", AttrValue.newBuilder().setShape(shape).build()));
      }
    }
    return shaped.build();
  }

  /** {@return where a tensor is in the changed graph} */
  TensorName place(TensorName tensor) {
    return placeholders.getOrDefault(tensor, tensor);
  }
}
