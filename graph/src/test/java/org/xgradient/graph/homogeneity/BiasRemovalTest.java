package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.savedmodel.FunctionModel;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;

class BiasRemovalTest {

  private static final ImmutableIntArray THREE = ImmutableIntArray.of(3);
  private static final float[] BIAS = {3, -4, 0};

  private final GraphSession session = GraphSession.open();
  private final Ops tf = session.ops();

  @AfterEach
  void close() {
    session.close();
  }

  private static FloatArray data(int... shape) {
    FloatArray data = FloatArray.zeros(shape);
    DataRandom random = new DataRandom(8);
    for (int i = 0; i < data.size(); i++) {
      data.values()[i] = (float) random.nextGaussian();
    }
    return data;
  }

  private Operand<TFloat32> variable(String name, float... values) {
    Parameter parameter =
        Parameter.create(tf, name, Role.BIAS, ImmutableIntArray.of(values.length));
    parameter.assign(session, FloatArray.of(values, values.length));
    return parameter.value();
  }

  private FloatArray outputs(Model model, FloatArray data) {
    var shape = Shapes.batchOf(model.inputShape());
    var x = model.ops().placeholder(TFloat32.class, Placeholder.shape(shape));
    return session.run(Feeds.of(x, data), model.forward(x).logits());
  }

  /** Strips one function and compares with another. */
  private StrippedModel assertStripped(
      ImmutableIntArray example,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> expected) {
    int[] shape = ImmutableIntArray.builder().add(5).addAll(example).build().toArray();
    FloatArray data = data(shape);
    StrippedModel stripped =
        BiasRemoval.strip(
            BoundModel.of(session, new FunctionModel(tf, example, 3, function)), data);
    float[] found = outputs(stripped.model(), data).values();
    float[] wanted = outputs(new FunctionModel(tf, example, 3, expected), data).values();
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.length; i++) {
      // A few roundings of numbers of order 1.
      assertThat(found[i]).isCloseTo(wanted[i], within(1e-5f));
    }
    return stripped;
  }

  @Test
  void togglesTheDescriptionOfANetworkAndKeepsItsWeights() {
    NetworkModel model = Networks.mlp(3, 2, 4).build(session, 1);
    FloatArray hidden = FloatArray.of(new float[] {1, -1, 1, -1}, 4);
    FloatArray last = FloatArray.of(new float[] {3, 4}, 2);
    model.assign(Map.of("fc1.bias", hidden, "fc2.bias", last));
    FloatArray data = data(20, 3);
    StrippedModel stripped = BiasRemoval.strip(model, data);

    assertThat(((NetworkModel) stripped.model()).network())
        .isEqualTo(model.network().withoutBiases());
    for (int i = 0; i < 2; i++) {
      assertThat(stripped.model().parameters().get(i).read(session))
          .isEqualTo(model.parameters().get(2 * i).read(session));
    }
    assertThat(stripped.removed())
        .extracting(StrippedModel.Removed::constant)
        .containsExactly("the variable fc1.bias", "the variable fc2.bias");
    assertThat(stripped.removed().get(0).size()).isEqualTo(1);
    assertThat(stripped.removed().get(1).size()).isCloseTo(Math.sqrt(12.5), within(1e-12));
    FloatArray zero = FloatArray.zeros(1, 3);
    assertThat(stripped.outputsAtZero().values()).containsExactly(outputs(model, zero).values());
    assertThat(stripped.outputsAtZero().shape()).isEqualTo(ImmutableIntArray.of(2));
    // The original is as it was.
    assertThat(model.parameters().get(1).read(session)).isEqualTo(hidden);
  }

  /** F(x) = relu(x) + b without the hidden parts: everything in the report is known. */
  @Test
  void reportsWhatTheRemovalChanges() {
    var bias = variable("b", BIAS);
    FloatArray data = FloatArray.of(new float[] {1, 0, 0, 0, 5, 0}, 2, 3);
    var model =
        new FunctionModel(tf, THREE, 3, (ops, x) -> ops.withName("top").nn.biasAdd(x, bias));
    StrippedModel stripped = BiasRemoval.strip(BoundModel.of(session, model), data);

    assertThat(stripped.outputsAtZero().values()).containsExactly(BIAS);
    var removed = stripped.removed().get(0);
    assertThat(removed.operation()).isEqualTo("top");
    assertThat(removed.constant()).isEqualTo("the variable b");
    // sqrt((9 + 16 + 0) / 3) and sqrt((1 + 25) / 6)
    assertThat(removed.size()).isCloseTo(Math.sqrt(25 / 3.0), within(1e-12));
    assertThat(removed.activations()).isCloseTo(Math.sqrt(26 / 6.0), within(1e-12));
    assertThat(removed.relativeSize()).isCloseTo(Math.sqrt(25 / 3.0 * 6 / 26), within(1e-12));
    var change = stripped.change();
    // Before: (4, -4, 0) and (3, 1, 0); after: (1, 0, 0) and (0, 5, 0).
    assertThat(change.before()).isCloseTo(Math.sqrt(42 / 6.0), within(1e-12));
    assertThat(change.difference()).isCloseTo(Math.sqrt(25 / 3.0), within(1e-12));
    assertThat(change.largest()).isEqualTo(4);
    assertThat(change.sameDecision()).isEqualTo(0.5);
  }

  @Test
  void removesEveryKindOfSum() {
    var c = variable("c", BIAS);
    assertStripped(
        THREE,
        (ops, x) -> {
          var sum = ops.math.addN(List.of(x, ops.broadcastTo(c, ops.shape(x)), ops.nn.relu(x)));
          var shifted = ops.math.sub(ops.math.add(c, sum), ops.constant(2f));
          var turned = ops.math.sub(c, ops.nn.leakyRelu(shifted));
          return RawOperation.add(ops, "Add", ops.nn.relu(turned), c);
        },
        (ops, x) -> {
          var sum = ops.math.add(x, ops.nn.relu(x));
          return ops.nn.relu(ops.math.neg(ops.nn.leakyRelu(sum)));
        });
  }

  @Test
  void aConstantThatCopiesTheActivationsLeavesTheCopies() {
    var c = variable("c", BIAS);
    assertStripped(
        ImmutableIntArray.of(1),
        (ops, x) -> ops.math.add(ops.nn.relu(x), c),
        (ops, x) -> ops.tile(ops.nn.relu(x), ops.constant(new int[] {1, 3})));
  }

  @Test
  void foldsBatchNormalisationIntoAScale() {
    var gamma = variable("gamma", 1, 2);
    var beta = variable("beta", 0.5f, -1);
    var mean = variable("mean", 1, -2);
    var variance = variable("variance", 0.25f, 4);
    var stripped =
        assertStripped(
            ImmutableIntArray.of(2, 2, 2),
            (ops, x) ->
                RawOperation.of(ops.withName("bn"), "FusedBatchNormV3")
                    .in(x, gamma, beta, mean, variance)
                    .with(op -> op.setAttr("is_training", false).setAttr("epsilon", 1e-7f))
                    .output(),
            // gamma / sqrt(variance)
            (ops, x) -> ops.math.mul(x, ops.constant(new float[] {2, 1})));
    var removed = stripped.removed().get(0);
    assertThat(removed.operation()).isEqualTo("bn");
    assertThat(removed.constant())
        .isEqualTo("the shift of a batch normalisation, whose beta is the variable beta");
    // beta - gamma mean / sqrt(variance) = (-1.5, 1)
    assertThat(removed.size()).isCloseTo(Math.sqrt((2.25 + 1) / 2), within(1e-5));
  }

  @Test
  void leavesAHomogeneousModelAsItIs() {
    var stripped = assertStripped(THREE, (ops, x) -> ops.nn.relu(x), (ops, x) -> ops.nn.relu(x));
    assertThat(stripped.removed()).isEmpty();
    assertThat(stripped.change().difference()).isZero();
    assertThat(stripped.change().sameDecision()).isEqualTo(1);
  }

  @Test
  void namesWhatItCannotRemove() {
    NetworkModel model = Networks.mlp(3, 2, Activation.SIGMOID, 4).build(session, 1);
    assertThatThrownBy(() -> BiasRemoval.strip(model, data(2, 3)))
        .isInstanceOf(NotHomogeneousException.class)
        .hasMessageContaining("mlp/act1/Sigmoid (Sigmoid): is bounded")
        .hasMessageNotContaining("BiasAdd");
  }

  @Test
  void refusesDataOfAnotherShape() {
    NetworkModel model = Networks.mlp(3, 2, 4).build(session, 1);
    assertThatThrownBy(() -> BiasRemoval.strip(model, data(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data must be of shape [rows, ...] with rows of shape [3], found [2, 4]");
  }

  @Test
  void stripsALoadedModel(@TempDir Path directory) throws IOException {
    Path saved = directory.resolve("model");
    NetworkModel model = Networks.mlp(3, 2, 4).build(session, 1);
    var x = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(THREE)));
    SavedModels.write(saved, session, List.of(SignatureSpec.serving(model.forward(x))));
    FloatArray data = data(6, 3);
    float[] expected = outputs(BiasRemoval.strip(model, data).model(), data).values();
    try (LoadedModel loaded = SavedModels.load(saved)) {
      StrippedModel stripped = BiasRemoval.strip(loaded, data);
      assertThat(stripped.removed()).hasSize(2);
      assertThat(stripped.model().parameters())
          .extracting(Parameter::name)
          .containsExactly("fc1.weight", "fc2.weight");
      var inputs =
          loaded
              .session()
              .ops()
              .placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(THREE)));
      var logits = stripped.model().forward(inputs).logits();
      assertThat(loaded.session().run(Feeds.of(inputs, data), logits).values())
          .containsExactly(expected);
    }
  }
}
