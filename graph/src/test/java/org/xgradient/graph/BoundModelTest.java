package org.xgradient.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.NetworkModel;

class BoundModelTest {

  @Test
  void whatANetworkBuildsIsBoundToItsSession() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(3, 2).build(session, 1);
      assertThat(model.session()).isSameAs(session);
      assertThat(model.model()).isSameAs(model);
      assertThat(model.inputs())
          .containsExactly(
              new ModelInput(
                  "inputs", ModelInput.Kind.FLOATS, model.inputShape(), ModelInput.Role.EXPLAINED));
    }
  }

  @Test
  void aModelOfAnotherGraphIsRefusedAtOnce() {
    try (GraphSession session = GraphSession.open();
        GraphSession other = GraphSession.open()) {
      Model model = Networks.mlp(3, 2).build(session, 1).model();
      assertThat(BoundModel.of(session, model).model()).isSameAs(model);
      assertThatThrownBy(() -> BoundModel.of(other, model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the model must be in the graph of this session, found one in another graph; build"
                  + " it with this session's ops()");
    }
  }

  @Test
  void whatIsPreparedIsPreparedOnceForEachKey() {
    try (GraphSession session = GraphSession.open()) {
      StringBuilder first = session.once(StringBuilder.class, "key", StringBuilder::new);
      assertThat(session.once(StringBuilder.class, "key", StringBuilder::new)).isSameAs(first);
      assertThat(session.once(StringBuilder.class, "other", StringBuilder::new)).isNotSameAs(first);
      assertThat(session.once(Object.class, "key", Object::new)).isNotNull();
    }
  }

  @Test
  void targetsWithoutParametersAreEqual() {
    assertThat(Target.predicted()).isEqualTo(Target.predicted()).isNotEqualTo(Target.label());
    assertThat(Target.index(2)).isEqualTo(Target.index(2)).isNotEqualTo(Target.index(1));
  }

  @Test
  void theLabelOfNoLabelsIsRefused() {
    try (GraphSession session = GraphSession.open()) {
      Model several = Networks.mlp(3, 2).build(session, 1);
      var inputs = session.ops().constant(new float[][] {{1, 2, 3}});
      assertThatThrownBy(() -> Target.label().coefficients(several.forward(inputs)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the target is the logit of the label, but no labels are given; give them, or choose"
                  + " the prediction or an index");
      Model one = Networks.mlp(3, 1).build(session, 1);
      var coefficients = Target.label().coefficients(one.forward(inputs));
      assertThat(session.run(Feeds.none(), coefficients).values()).containsExactly(1);
    }
  }
}
