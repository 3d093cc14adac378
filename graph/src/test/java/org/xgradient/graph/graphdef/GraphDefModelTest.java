package org.xgradient.graph.graphdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;

class GraphDefModelTest {

  private static final FloatArray ROW = FloatArray.of(new float[] {0.5f, -1, 2}, 1, 3);

  @Test
  void aRewrittenModelSharesTheParametersThatItStillUses() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel original = Networks.mlp(3, 2, 4).build(session, 5);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var logits = original.forward(x).logits();
      // Without the last operation, which adds the last bias.
      assertThat(logits.op().type()).isEqualTo("BiasAdd");
      String product = ((GraphOperation) logits.asOutput().op()).input(0).op().name();
      GraphDef graph = ((Graph) session.ops().scope().env()).toGraphDef();
      Model model =
          GraphDefModel.rewritten(
              original, graph, TensorName.of(x.op().name()), TensorName.of(product));

      assertThat(model.parameters()).isEqualTo(original.parameters().subList(0, 3));
      assertThat(model.outputs()).isEqualTo(2);
      original.parameters().get(3).assign(session, FloatArray.of(new float[] {10, 20}, 2));
      var rewritten = model.forward(x).logits();
      var values = session.run(Feeds.of(x, ROW), List.of(logits, rewritten), List.of());
      float[] with = values.get(0).values();
      float[] without = values.get(1).values();
      assertThat(with).containsExactly(without[0] + 10, without[1] + 20);

      // One read: a gradient reaches the passes of both models.
      var weight = original.parameters().get(2);
      var both = session.ops().math.add(logits, rewritten);
      var tf = session.ops();
      float[] one =
          session.run(Feeds.of(x, ROW), Gradients.of(tf, logits, weight.value())).values();
      float[] two = session.run(Feeds.of(x, ROW), Gradients.of(tf, both, weight.value())).values();
      for (int i = 0; i < one.length; i++) {
        assertThat(two[i]).isEqualTo(2 * one[i]);
      }
      assertThat(one).isNotEqualTo(new float[one.length]);
    }
  }

  @Test
  void namesTheOperationThatCannotTakeItsInput() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel original = Networks.mlp(3, 2, 4).build(session, 5);
      var x = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
      var logits = original.forward(x).logits();
      Model model =
          GraphDefModel.rewritten(
              original,
              ((Graph) session.ops().scope().env()).toGraphDef(),
              TensorName.of(x.op().name()),
              TensorName.of(logits.op().name()));
      var narrow = session.ops().constant(new float[][] {{1, 2}});
      assertThatThrownBy(() -> model.forward(narrow))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("mlp/fc1/MatMul (MatMul) can't be applied to [[1, 2], [3, 4]]: ");
    }
  }
}
