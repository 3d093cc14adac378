package org.xgradient.graph.graphdef;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Where the logits of a graph are.
 *
 * @param logits the tensor
 * @param type the type of the activation behind it; empty if there is none
 * @param note what was found, empty if the output itself is taken
 */
public record FinalActivation(TensorName logits, String type, String note) {

  private static final ImmutableSet<String> ACTIVATIONS =
      ImmutableSet.of("Softmax", "Sigmoid", "LogSoftmax");

  /**
   * Looks for a final softmax or sigmoid.
   *
   * @param flat a graph without calls of functions
   * @param output what it gives
   * @return the input of the activation, or the output if there is none
   */
  public static FinalActivation strip(GraphDef flat, TensorName output) {
    Map<String, NodeDef> nodes = GraphDefs.byName(flat.getNodeList());
    NodeDef node = nodes.get(output.operation());
    while (node != null && node.getOp().equals("Identity")) {
      node = nodes.get(GraphDefs.inputs(node).get(0).operation());
    }
    if (node == null || !ACTIVATIONS.contains(node.getOp())) {
      return new FinalActivation(output, "", "");
    }
    return new FinalActivation(
        GraphDefs.inputs(node).get(0),
        node.getOp(),
        "the output is that of %s (%s); what it is applied to is taken as the logits"
            .formatted(node.getName(), node.getOp()));
  }
}
