package org.xgradient.graph.graphdef;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.xgradient.data.DataException;
import org.xgradient.graph.GraphSession;

class GraphFunctionTest {

  /** As damage leaves them: reads by position would go beyond the end. */
  @Test
  void operationsWithTooFewInputsAreRefused() {
    assertRefused("Identity", "Sum (Identity) takes 1 tensors, found 0");
    assertRefused("AddV2", "Sum (AddV2) takes 2 tensors, found 1", "x");
    assertRefused("Identity", "Sum (Identity) takes 1 tensors, found 2", "x", "x");
  }

  private static void assertRefused(String type, String message, String... inputs) {
    NodeDef.Builder damaged = node("Sum", type);
    for (String input : inputs) {
      damaged.addInput(input);
    }
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(node("x", "Placeholder").putAttr("dtype", floats()))
            .addNode(node("in", "Placeholder").putAttr("dtype", floats()))
            .addNode(damaged)
            .build();
    try (GraphSession session = GraphSession.open()) {
      assertThatThrownBy(
              () ->
                  GraphFunction.create(
                      session.ops(), graph, TensorName.of("in"), TensorName.of("Sum")))
          .isInstanceOf(DataException.class)
          .hasMessageContaining(message);
    }
  }

  private static NodeDef.Builder node(String name, String type) {
    return NodeDef.newBuilder().setName(name).setOp(type).putAttr("T", floats());
  }

  private static AttrValue floats() {
    return AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  }
}
