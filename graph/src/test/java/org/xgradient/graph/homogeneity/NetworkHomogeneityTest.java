package org.xgradient.graph.homogeneity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.LayerCases;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Sequential;

/** What is proved of every layer and of every network, held against numbers. */
class NetworkHomogeneityTest {

  static Stream<Network> layers() {
    return LayerCases.layersOnInputs().map(Network::withoutBiases);
  }

  /** Whatever a layer is, the proof and the numbers must agree. */
  @ParameterizedTest
  @MethodSource("layers")
  void proofAndNumbersAgreeOnEveryLayer(Network network) {
    try (GraphSession session = GraphSession.open()) {
      ForwardPass pass = randomPass(session, network);
      var finding = Falsifier.withDefaults().check(session, pass, 1, 3);
      assertThat(Homogeneity.of(pass) instanceof Proven).isEqualTo(!finding.refutes());
    }
  }

  /** VGG16 without its wide layers, which add half a gigabyte and nothing new. */
  static Stream<Network> networks() {
    Sequential vgg = Networks.vgg16(10).layers();
    Sequential narrow =
        new Sequential(
            ImmutableList.<Sequential.Named>builder()
                .addAll(vgg.layers().subList(0, 1))
                .add(new Sequential.Named("flat", new Flatten()))
                .add(new Sequential.Named("fc", Dense.of(10)))
                .build());
    return Stream.of(
            Networks.mlp(118, 1, 512, 128, 32),
            Networks.smallConvNet(28, 1, 10),
            Networks.alexNet(10),
            new Network("vgg16-features", ImmutableIntArray.of(64, 64, 3), narrow),
            Networks.fixupResNet(18, 10),
            Networks.xFixupResNet(50, 10),
            Networks.squeezeNet())
        .map(Network::withoutBiases);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyNetworkWithoutBiasesIsOfDegreeOne(Network network) {
    try (GraphSession session = GraphSession.open()) {
      ForwardPass pass = randomPass(session, network);
      assertThat(Homogeneity.of(pass).orElseThrow().degree()).isEqualTo(1);
      var finding = new Falsifier(1, 1e-4).check(session, pass, 1, 3);
      assertThat(finding.refutes()).as("%s", finding).isFalse();
      assertThat(finding.largestOutput()).isGreaterThan(0.01);
    }
  }

  /** Not the initial weights: those of Fixup networks make everything zero. */
  private static ForwardPass randomPass(GraphSession session, Network network) {
    NetworkModel model = NetworkModel.create(network, session);
    DataRandom random = new DataRandom(11);
    int position = 0;
    for (ParameterSpec spec : network.parameters()) {
      float[] values = new float[Math.toIntExact(spec.size())];
      double deviation = Math.sqrt(2.0 / spec.fanIn());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      FloatArray weights = FloatArray.of(values, spec.shape().toArray());
      model.parameters().get(position++).assign(session, weights);
    }
    var shape = Shapes.batchOf(network.inputShape());
    return model.forward(session.ops().placeholder(TFloat32.class, Placeholder.shape(shape)));
  }
}
