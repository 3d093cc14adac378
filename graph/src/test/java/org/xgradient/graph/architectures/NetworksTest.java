package org.xgradient.graph.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.Stream;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomAdaptor;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Sequential;

class NetworksTest {

  /** The published counts; for SqueezeNet that of its published weights. */
  static Stream<Arguments> counts() {
    return Stream.of(
        Arguments.of(Networks.alexNet(1000), 61_100_840L),
        Arguments.of(Networks.alexNet(1000).withoutBiases(), 61_090_496L),
        Arguments.of(Networks.vgg16(1000), 138_357_544L),
        Arguments.of(Networks.vgg16(1000).withoutBiases(), 138_344_128L),
        Arguments.of(Networks.squeezeNet(), 1_248_424L));
  }

  @ParameterizedTest
  @MethodSource("counts")
  void haveThePublishedNumberOfParameters(Network network, long count) {
    assertThat(network.parameterCount()).isEqualTo(count);
  }

  /**
   * torchvision's ResNets have the same convolutions, and for each of them a batch normalization
   * with two parameters a channel; Fixup has 1 + 1 scalar shifts outside the blocks, and in each
   * block 4 shifts or, in a bottleneck, 6, and a scale.
   */
  @ParameterizedTest
  @CsvSource({
    "18, 11689512, 9600, 8, 5",
    "34, 21797672, 17024, 16, 5",
    "50, 25557032, 53120, 16, 7",
    "101, 44549160, 105344, 33, 7",
    "152, 60192808, 151424, 50, 7"
  })
  void fixupResNetsHaveThePublishedNumberOfWeights(
      int depth, long torchvision, long normalization, int blocks, int scalars) {
    long weights = torchvision - normalization;
    Network network = Networks.fixupResNet(depth, 1000);
    assertThat(network.parameterCount()).isEqualTo(weights + 2 + (long) blocks * scalars);
    Network x = Networks.xFixupResNet(depth, 1000);
    assertThat(x.parameterCount()).isEqualTo(weights - 1000);
    assertThat(x.name()).isEqualTo("x-fixup-resnet" + depth);
    assertThat(x.parameters()).allMatch(parameter -> parameter.role() == Role.WEIGHT);
    // The toggle alone keeps the scales.
    assertThat(network.withoutBiases().parameterCount()).isEqualTo(weights - 1000 + blocks);
  }

  @Test
  void haveTheNamesOfPublishedCheckpoints() {
    assertThat(names(Networks.alexNet(10)))
        .containsExactly(
            "features.0.weight", "features.0.bias",
            "features.3.weight", "features.3.bias",
            "features.6.weight", "features.6.bias",
            "features.8.weight", "features.8.bias",
            "features.10.weight", "features.10.bias",
            "classifier.1.weight", "classifier.1.bias",
            "classifier.4.weight", "classifier.4.bias",
            "classifier.6.weight", "classifier.6.bias");
    assertThat(names(Networks.vgg16(10).withoutBiases()))
        .containsExactly(
            "features.0.weight",
            "features.2.weight",
            "features.5.weight",
            "features.7.weight",
            "features.10.weight",
            "features.12.weight",
            "features.14.weight",
            "features.17.weight",
            "features.19.weight",
            "features.21.weight",
            "features.24.weight",
            "features.26.weight",
            "features.28.weight",
            "classifier.0.weight",
            "classifier.3.weight",
            "classifier.6.weight");
    assertThat(names(Networks.squeezeNet()))
        .hasSize(52)
        .contains("conv1.weight", "fire9_conv3x3_2.bias", "conv_final.weight");
  }

  @Test
  void fixupResNetsHaveTheNamesOfPublishedCheckpoints() {
    assertThat(names(Networks.fixupResNet(50, 10)))
        .startsWith(
            "conv1.weight",
            "bias1",
            "layer1.0.bias1a",
            "layer1.0.conv1.weight",
            "layer1.0.bias1b",
            "layer1.0.bias2a",
            "layer1.0.conv2.weight",
            "layer1.0.bias2b",
            "layer1.0.bias3a",
            "layer1.0.conv3.weight",
            "layer1.0.scale",
            "layer1.0.bias3b",
            "layer1.0.downsample.weight",
            "layer1.1.bias1a")
        .contains("layer4.2.conv3.weight", "layer2.0.downsample.weight")
        .doesNotContain("layer2.1.downsample.weight")
        .endsWith("bias2", "fc.weight", "fc.bias");
    assertThat(names(Networks.fixupResNet(18, 10)))
        .contains("layer1.0.bias2b", "layer2.0.downsample.weight")
        .doesNotContain("layer1.0.bias3a", "layer1.0.downsample.weight");
  }

  @Test
  void endInFeatureMapsOfThePublishedSizes() {
    assertThat(featureMaps(Networks.alexNet(10), 1)).isEqualTo(ImmutableIntArray.of(6, 6, 256));
    assertThat(featureMaps(Networks.vgg16(10), 1)).isEqualTo(ImmutableIntArray.of(7, 7, 512));
    assertThat(featureMaps(Networks.fixupResNet(50, 10), 8))
        .isEqualTo(ImmutableIntArray.of(7, 7, 2048));
    assertThat(featureMaps(Networks.squeezeNet(), 15))
        .isEqualTo(ImmutableIntArray.of(15, 15, 1000));
  }

  /** L = 16 blocks: sqrt(2 / (out k²)) L^(-1/4), and so on. */
  @ParameterizedTest
  @CsvSource({
    "50, layer3.0.conv1.weight, 0.0441942",
    "50, layer1.0.conv2.weight, 0.0294628",
    "50, layer1.0.downsample.weight, 0.0883883",
    "50, conv1.weight, 0.0476190",
    "34, layer1.0.conv1.weight, 0.0147314",
    "50, layer1.0.conv3.weight, 0",
    "34, layer1.0.conv2.weight, 0",
    "50, fc.weight, 0"
  })
  void fixupInitializesByTheNumberOfBlocks(int depth, String name, double deviation) {
    ParameterSpec spec =
        Networks.fixupResNet(depth, 10).parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .findFirst()
            .orElseThrow();
    float[] values = new float[Math.toIntExact(spec.size())];
    FloatDataBuffer buffer = DataBuffers.of(values);
    spec.initializer()
        .fill(buffer, spec.fanIn(), spec.fanOut(), new RandomAdaptor(new MersenneTwister(1)));
    double[] drawn = ChannelFirst.toDouble(FloatArray.of(values, values.length));
    // At least 9,408 draws: the standard error of the deviation is at most 0.8 %.
    assertThat(new StandardDeviation().evaluate(drawn))
        .isCloseTo(deviation, within(0.03 * deviation));
  }

  @Test
  void theSmallConvNetIsThatOfTheDecoyExperiment() {
    Network network = Networks.smallConvNet(32, 3, 6).withoutBiases();
    // 9 (3 * 8 + 8 * 16 + 16 * 16) + 4 * 4 * 16 * 64 + 64 * 6
    assertThat(network.parameterCount()).isEqualTo(9 * 408 + 16_384 + 384);
    assertThat(Networks.smallConvNet(28, 1, 10).outputs()).isEqualTo(10);
    assertThatThrownBy(() -> Networks.smallConvNet(7, 1, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the side must be at least 8, found 7");
  }

  @Test
  void refusesADepthThatThereIsNot() {
    assertThatThrownBy(() -> Networks.fixupResNet(20, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth must be one of [18, 34, 50, 101, 152], found 20");
  }

  private static ImmutableList<String> names(Network network) {
    return network.parameters().stream()
        .map(ParameterSpec::name)
        .collect(ImmutableList.toImmutableList());
  }

  /** The shape after the first layers. */
  private static ImmutableIntArray featureMaps(Network network, int layers) {
    return new Sequential(network.layers().layers().subList(0, layers))
        .outputShape(network.inputShape());
  }
}
