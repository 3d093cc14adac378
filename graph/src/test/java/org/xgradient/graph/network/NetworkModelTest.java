package org.xgradient.graph.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.architectures.Networks;

class NetworkModelTest {

  private static final FloatArray TWO_ROWS =
      FloatArray.of(new float[] {0.5f, -1, 2, 1.5f, 0.25f, -0.75f}, 2, 3);

  @Test
  void computesAMultiLayerPerceptron() {
    Network network = Networks.mlp(2, 1, 2);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 1);
      model.assign(
          Map.of(
              "fc1.weight", FloatArray.of(new float[] {1, -1, 2, 3}, 2, 2),
              "fc1.bias", FloatArray.of(new float[] {0.5f, -4}, 2),
              "fc2.weight", FloatArray.of(new float[] {2, 10}, 2, 1),
              "fc2.bias", FloatArray.of(new float[] {-1}, 1)));
      var x = session.ops().constant(new float[][] {{1, 2}});
      // hidden = relu([1 + 4 + 0.5, -1 + 6 - 4]) = [5.5, 1]; 2 * 5.5 + 10 * 1 - 1
      assertThat(session.run(Feeds.none(), model.forward(x).logits()).values()).containsExactly(20);
    }
  }

  @Test
  void passesShareTheirParameters() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(3, 2, 5).build(session, 3);
      var tf = session.ops();
      var x = tf.reshape(tf.constant(TWO_ROWS.values()), tf.constant(new int[] {2, 3}));
      var first = model.forward(x).logits();
      var second = model.forward(tf.math.add(x, tf.constant(0f))).logits();
      model.parameters().get(3).assign(session, FloatArray.of(new float[] {100, -100}, 2));
      float[] logits = session.run(Feeds.none(), first).values();
      assertThat(session.run(Feeds.none(), second).values()).containsExactly(logits);
      assertThat(logits[0]).isGreaterThan(50);
      assertThat(logits[1]).isLessThan(-50);
    }
  }

  @Test
  void aSecondModelInTheSameGraphHasParametersOfItsOwn() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel first = Networks.mlp(3, 1, 4).build(session, 1);
      float[] before = first.parameters().get(0).read(session).values();
      NetworkModel second = Networks.mlp(3, 1, 4).build(session, 2);
      assertThat(first.parameters().get(0).read(session).values()).containsExactly(before);
      assertThat(second.parameters().get(0).read(session).values()).isNotEqualTo(before);
    }
  }

  @Test
  void initialValuesDependOnTheSeedOnly() {
    try (GraphSession session = GraphSession.open()) {
      var first = Networks.mlp(3, 1, 4).build(session, 7).parameters();
      var second = Networks.mlp(3, 1, 4).build(session, 7).parameters();
      for (int i = 0; i < first.size(); i++) {
        assertThat(first.get(i).read(session)).isEqualTo(second.get(i).read(session));
      }
      float bound = (float) (1 / Math.sqrt(3));
      for (float value : first.get(0).read(session).values()) {
        assertThat(value).isBetween(-bound, bound);
      }
    }
  }

  @Test
  void withoutBiasesKeepsEverythingElse() {
    Network network = Networks.mlp(118, 1, 512, 128, 32);
    Network x = network.withoutBiases();
    assertThat(network.hasBiases()).isTrue();
    assertThat(x.hasBiases()).isFalse();
    assertThat(x.name()).isEqualTo("x-mlp");
    assertThat(network.parameterCount() - x.parameterCount()).isEqualTo(512 + 128 + 32 + 1);
    assertThat(x.parameters()).allMatch(parameter -> parameter.role() == Role.WEIGHT);
  }

  @Test
  void dropoutKeepsTheMeanAndIsAFunctionOfItsSeed() {
    Sequential layers = Sequential.of(new Dropout(0.25f));
    Network network = new Network("drop", ImmutableIntArray.of(2_000), layers);
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 0);
      var tf = session.ops();
      var seed = tf.placeholder(TInt64.class, Placeholder.shape(shape(2)));
      var ones = tf.fill(tf.constant(new int[] {3, 2_000}), tf.constant(1f));
      var pass = model.forward(ones, Mode.training(seed));
      FloatArray first = session.run(Feeds.none().withSeed(seed, 1), pass.logits());
      FloatArray again = session.run(Feeds.none().withSeed(seed, 1), pass.logits());
      FloatArray other = session.run(Feeds.none().withSeed(seed, 2), pass.logits());
      assertThat(first).isEqualTo(again);
      assertThat(first).isNotEqualTo(other);
      // 6,000 draws of {0, 4/3}: the standard error of the mean is 0.0075.
      double mean = sum(first.values()) / first.size();
      assertThat(mean).isCloseTo(1, within(0.04));
    }
  }

  @Test
  void everyPointOfAPathMeetsTheMaskOfItsExample() {
    Network network =
        new Network("drop", ImmutableIntArray.of(3), Sequential.of(new Dropout(0.5f)));
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 0);
      var tf = session.ops();
      var x = tf.reshape(tf.constant(TWO_ROWS.values()), tf.constant(new int[] {2, 3}));
      var pass = model.forward(x, Mode.training(tf.constant(new long[] {5, 0})));
      var path = pass.logitsAlongPath(tf.tile(x, tf.constant(new int[] {4, 1})));
      float[] once = session.run(Feeds.none(), pass.logits()).values();
      float[] stacked = session.run(Feeds.none(), path).values();
      for (int point = 0; point < 4; point++) {
        assertThat(Arrays.copyOfRange(stacked, point * 6, point * 6 + 6)).containsExactly(once);
      }
    }
  }

  /** What is exported has the operations of the network and no others. */
  @Test
  void onlyPassesForGradientsHaveOperationsForGradients() {
    Network network = new Network("relu", ImmutableIntArray.of(3), Sequential.of(Activation.RELU));
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = network.build(session, 0);
      var tf = session.ops();
      var x = tf.reshape(tf.constant(TWO_ROWS.values()), tf.constant(new int[] {2, 3}));
      var inference = model.forward(x);
      assertThat(lastType(inference.logits())).isEqualTo("Relu");
      assertThat(lastType(inference.logitsAlongPath(x))).isEqualTo("IdentityN");
      var gradients = model.forward(x, Mode.forGradients());
      assertThat(lastType(gradients.logits())).isEqualTo("IdentityN");
      var seed = tf.constant(new long[] {5, 0});
      assertThat(lastType(model.forward(x, Mode.training(seed)).logits())).isEqualTo("IdentityN");
    }
  }

  private static String lastType(Operand<TFloat32> logits) {
    return logits.op().type();
  }

  @Test
  void saysWhichParameterHasAnotherShape() {
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = Networks.mlp(3, 1, 4).build(session, 1);
      assertThatThrownBy(() -> model.assign(Map.of("fc1.bias", FloatArray.zeros(5))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("fc1.bias must be of shape [4], found [5]");
      assertThatThrownBy(() -> model.assign(Map.of("fc9.bias", FloatArray.zeros(5))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("mlp has no parameter 'fc9.bias'; it has [fc1.weight,");
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static Shape shape(long... dimensions) {
    return Shape.of(dimensions);
  }
}
