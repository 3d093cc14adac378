package org.xgradient.graph.graphdef;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;

/** Adds an operation of a live graph to it once more, on other inputs. */
public final class LiveCopy {

  private LiveCopy() {}

  /**
   * Adds a copy.
   *
   * @param tf the operations of the graph
   * @param operation the operation
   * @param inputs what the copy takes, as many tensors as the operation takes
   * @return the copy, of the same type and attributes
   * @throws IllegalArgumentException if the operation can't take the inputs
   */
  public static GraphOperation add(Ops tf, GraphOperation operation, List<Output<?>> inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(operation.name()).setOp(operation.type());
    for (String attribute : OpDefs.attributes(operation.type())) {
      node.putAttr(attribute, operation.attributes().getAttrValueProto(attribute));
    }
    return GraphFunction.build(tf.withName(operation.type()), node.build(), inputs);
  }
}
