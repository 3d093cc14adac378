package org.xgradient.graph.savedmodel.variables;

import com.google.common.collect.ImmutableSet;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.graph.graphdef.Attributes;
import org.xgradient.graph.graphdef.GraphDefs;

/**
 * Variables of TensorFlow's first version, which are references and not resources. Today's
 * optimizers can't update them, so an imported model keeps its values in resources.
 */
public final class RefVariables {

  private static final ImmutableSet<String> TYPES = ImmutableSet.of("VariableV2", "Variable");

  private RefVariables() {}

  /** {@return whether an operation is such a variable} */
  public static boolean isRefVariable(NodeDef node) {
    return TYPES.contains(node.getOp());
  }

  /**
   * A graph that reads resources in the place of references.
   *
   * @param graph the graph
   * @return the graph; an operation that reads has the name of the variable that it replaces
   */
  public static GraphDef toResources(GraphDef graph) {
    GraphDef.Builder rewritten = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      if (isRefVariable(node)) {
        AttrValue type = GraphDefs.attribute(node, "dtype");
        rewritten
            .addNodeBuilder()
            .setName(handle(node))
            .setOp("VarHandleOp")
            .putAttr("dtype", type)
            .putAttr("shape", GraphDefs.attribute(node, "shape"))
            .putAttr("shared_name", Attributes.of(node.getName()));
        rewritten
            .addNodeBuilder()
            .setName(node.getName())
            .setOp("ReadVariableOp")
            .addInput(handle(node))
            .putAttr("dtype", type);
      } else {
        rewritten.addNode(node);
      }
    }
    return rewritten.build();
  }

  private static String handle(NodeDef variable) {
    return variable.getName() + ".resource";
  }
}
