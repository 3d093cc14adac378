package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.homogeneity.Homogeneity.NotProven;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.LayerCases;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;

/** What is proven of every layer and every network, and that it is so. */
class LayerHomogeneityTest {

  private static final Pattern CURVED = Pattern.compile("\\b(ELU|SOFTPLUS|SIGMOID|TANH)\\b");

  static Stream<Network> layers() {
    return LayerCases.layersOnInputs();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyLayerWithoutBiasesIsHomogeneousUnlessItIsCurved(Network network) {
    Network x = network.withoutBiases();
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model = x.build(session, 1);
      Operand<TFloat32> inputs = placeholder(session, x);
      ForwardPass pass = model.forward(inputs);
      if (CURVED.matcher(network.toString()).find()) {
        assertThat(Homogeneity.of(pass)).isInstanceOf(NotProven.class);
        return;
      }
      assertThat(Homogeneity.of(pass).orElseThrow().degree()).isEqualTo(1);
      // Without its bias, a Shift gives its inputs, and what is fed can't be fetched.
      var outputs = session.ops().identity(pass.logits());
      FloatArray point = point(x.inputShape());
      double[] once = ChannelFirst.toDouble(session.run(Feeds.of(inputs, point), outputs));
      double[] expected = Arrays.stream(once).map(y -> 3 * y).toArray();
      FloatArray scaled = scaled(point, 3);
      assertThat(Arrays.stream(once)).anyMatch(y -> y != 0);
      // Sums of some 20 products of numbers of the order of 1, in float32.
      assertThat(ChannelFirst.toDouble(session.run(Feeds.of(inputs, scaled), outputs)))
          .containsExactly(expected, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyBiasIsNoticed(Network network) {
    if (network.hasBiases()) {
      try (GraphSession session = GraphSession.open()) {
        ForwardPass pass =
            NetworkModel.create(network, session).forward(placeholder(session, network));
        assertThat(Homogeneity.of(pass)).isInstanceOf(NotProven.class);
      }
    }
  }

  static Stream<Network> networks() {
    return Stream.of(
        Networks.mlp(5, 2, 4, 3),
        Networks.smallConvNet(28, 1, 10),
        Networks.alexNet(1000),
        Networks.vgg16(1000),
        Networks.squeezeNet(),
        Networks.fixupResNet(18, 1000),
        Networks.fixupResNet(50, 1000));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsHomogeneousWithoutItsBiasesAndEachOfThemIsNamed(Network network) {
    try (GraphSession session = GraphSession.open()) {
      var inputs = placeholder(session, network);
      var pass = NetworkModel.create(network, session).forward(inputs);
      var biases =
          network.parameters().stream()
              .filter(parameter -> parameter.role() == Parameter.Role.BIAS)
              .map(parameter -> "adds the variable " + parameter.name())
              .toList();
      Homogeneity homogeneity = Homogeneity.of(pass);
      assertThat(homogeneity).isInstanceOf(NotProven.class);
      assertThat(((NotProven) homogeneity).offenders())
          .extracting(Homogeneity.Offender::reason)
          .containsExactlyInAnyOrderElementsOf(biases);
      var x = NetworkModel.create(network.withoutBiases(), session).forward(inputs);
      assertThat(Homogeneity.of(x).orElseThrow().degree()).isEqualTo(1);
    }
  }

  private static Operand<TFloat32> placeholder(GraphSession session, Network network) {
    return session
        .ops()
        .placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(network.inputShape())));
  }

  private static FloatArray point(ImmutableIntArray shape) {
    return ChannelFirst.randomArray(
        5, ImmutableIntArray.builder().add(2).addAll(shape).build().toArray());
  }

  private static FloatArray scaled(FloatArray array, float factor) {
    FloatArray scaled = FloatArray.zeros(array.shape().toArray());
    for (int i = 0; i < scaled.size(); i++) {
      scaled.values()[i] = factor * array.values()[i];
    }
    return scaled;
  }
}
