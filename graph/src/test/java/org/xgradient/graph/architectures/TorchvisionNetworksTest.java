package org.xgradient.graph.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Window;

/** Networks of torchvision against plain loops over a state dict with torchvision's names. */
class TorchvisionNetworksTest {

  /** Sums of up to 4,608 products in float32, sums of sums after 20 layers: relative. */
  private static final double ROUNDING = 1e-4;

  private final Map<String, FloatArray> state = new HashMap<>();

  /** Channels of square images. */
  private static final class Maps {

    private final int channels;
    private final int side;
    private final double[] values;

    Maps(int channels, int side, double[] values) {
      this.channels = channels;
      this.side = side;
      this.values = values;
    }

    ChannelFirst image() {
      return new ChannelFirst(channels, side, side, values);
    }
  }

  /** The published counts without the two parameters a channel of batch normalization. */
  @ParameterizedTest
  @CsvSource({
    "18, 11689512, 9600",
    "34, 21797672, 17024",
    "50, 25557032, 53120",
    "101, 44549160, 105344",
    "152, 60192808, 151424"
  })
  void resNetsHaveThePublishedWeights(int depth, long torchvision, long normalization) {
    Network network = TorchvisionNetworks.resNet(depth, 1000);
    assertThat(network.withoutBiases().parameterCount())
        .isEqualTo(torchvision - normalization - 1000);
    // A bias a channel is half of what a normalization has.
    assertThat(network.parameterCount()).isEqualTo(torchvision - normalization / 2);
    assertThat(network.name()).isEqualTo("resnet" + depth);
  }

  @Test
  void squeezeNetsHaveThePublishedNumberOfParameters() {
    assertThat(TorchvisionNetworks.squeezeNet10(1000).parameterCount()).isEqualTo(1_248_424);
    assertThat(TorchvisionNetworks.squeezeNet11(1000).parameterCount()).isEqualTo(1_235_496);
  }

  @Test
  void haveTorchvisionsNames() {
    assertThat(CheckpointNames.of(TorchvisionNetworks.squeezeNet10(10)))
        .hasSize(52)
        .startsWith("features.0.weight", "features.0.bias", "features.3.squeeze.weight")
        .contains("features.5.expand1x1.bias", "features.12.expand3x3.weight")
        .endsWith("classifier.1.weight", "classifier.1.bias");
    assertThat(CheckpointNames.of(TorchvisionNetworks.squeezeNet11(10)))
        .hasSize(52)
        .contains(
            "features.3.squeeze.weight", "features.6.squeeze.weight", "features.12.squeeze.bias")
        .doesNotContain("features.5.squeeze.weight");
    assertThat(CheckpointNames.of(TorchvisionNetworks.resNet(50, 10)))
        .contains("layer1.0.downsample.0.weight", "layer4.2.conv3.weight", "fc.bias")
        .doesNotContain("layer1.1.downsample.0.weight");
  }

  @ParameterizedTest
  @CsvSource({"18", "50"})
  void resNetsComputeWhatTorchvisionsDo(int depth) {
    Network network = TorchvisionNetworks.resNet(depth, 5);
    boolean bottleneck = depth == 50;
    drawNormalized(network);
    ChannelFirst input = ChannelFirst.random(3, 32, 32, 1);
    Maps maps = relu(normalized(new Maps(3, 32, input.flat()), "conv1", "bn1", 2, 3));
    maps = maximum(maps, Window.of(3).withStride(2).withPadding(1));
    int[] blocks = bottleneck ? new int[] {3, 4, 6, 3} : new int[] {2, 2, 2, 2};
    for (int stage = 0; stage < 4; stage++) {
      for (int block = 0; block < blocks[stage]; block++) {
        String name = "layer%d.%d.".formatted(stage + 1, block);
        maps = block(maps, name, bottleneck, stage > 0 && block == 0 ? 2 : 1);
      }
    }
    double[] expected = linear(means(maps), "fc");
    assertClose(input.through(network.layers(), mapped(network)), expected);
  }

  private Maps block(Maps inputs, String name, boolean bottleneck, int stride) {
    Maps maps = inputs;
    if (bottleneck) {
      maps = relu(normalized(maps, name + "conv1", name + "bn1", 1, 0));
      maps = relu(normalized(maps, name + "conv2", name + "bn2", stride, 1));
      maps = normalized(maps, name + "conv3", name + "bn3", 1, 0);
    } else {
      maps = relu(normalized(maps, name + "conv1", name + "bn1", stride, 1));
      maps = normalized(maps, name + "conv2", name + "bn2", 1, 1);
    }
    Maps shortcut =
        state.containsKey(name + "downsample.0.weight")
            ? normalized(inputs, name + "downsample.0", name + "downsample.1", stride, 0)
            : inputs;
    double[] sum = maps.values.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += shortcut.values[i];
    }
    return relu(new Maps(maps.channels, maps.side, sum));
  }

  /** Of 31 pixels the pooling cuts off the same windows as of 224. */
  @Test
  void squeezeNetComputesWhatTorchvisionsDoes() {
    Network network = TorchvisionNetworks.squeezeNet10(5);
    draw(network);
    ChannelFirst input = ChannelFirst.random(3, 31, 31, 1);
    Maps maps = relu(convolved(new Maps(3, 31, input.flat()), "features.0", 2, 0));
    for (int i = 2; i <= 12; i++) {
      maps = i == 2 || i == 6 || i == 11 ? pooledByCeiling(maps) : fire(maps, "features." + i);
    }
    double[] expected = means(relu(convolved(maps, "classifier.1", 1, 0)));
    assertClose(input.through(network.layers(), Weights.pytorch().map(network, state)), expected);
  }

  private Maps fire(Maps maps, String name) {
    Maps squeezed = relu(convolved(maps, name + ".squeeze", 1, 0));
    Maps small = relu(convolved(squeezed, name + ".expand1x1", 1, 0));
    Maps large = relu(convolved(squeezed, name + ".expand3x3", 1, 1));
    return new Maps(
        small.channels + large.channels, small.side, Doubles.concat(small.values, large.values));
  }

  @Test
  void refuseADepthThatThereIsNot() {
    assertThatThrownBy(() -> TorchvisionNetworks.resNet(20, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth must be one of [18, 34, 50, 101, 152], found 20");
  }

  @Test
  void refuseANegativeVarianceAndWhatFollowsNothing() {
    Network network = TorchvisionNetworks.resNet(18, 5);
    drawNormalized(network);
    get("bn1.running_var").values()[3] = -1;
    assertThatThrownBy(() -> Weights.pytorch().map(network, state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bn1.running_var must be at least 0, found -1.0");
    get("bn1.running_var").values()[3] = 1;
    state.put("bn7.running_mean", FloatArray.zeros(4));
    state.put("bn7.running_var", FloatArray.zeros(4));
    assertThatThrownBy(() -> Weights.pytorch().map(network, state))
        .hasMessageContaining("bn7.running_mean of shape [4] is unexpected");
  }

  /** Plain weights and biases for every parameter, in PyTorch's layout. */
  private void draw(Network network) {
    DataRandom random = new DataRandom(5);
    ImmutableMap.Builder<String, FloatArray> ours = ImmutableMap.builder();
    for (ParameterSpec spec : network.parameters()) {
      double size = spec.name().endsWith("weight") ? Math.sqrt(2.0 / spec.fanIn()) : 0.1;
      FloatArray values = FloatArray.zeros(spec.shape().toArray());
      for (int i = 0; i < values.size(); i++) {
        values.values()[i] = (float) (size * random.nextGaussian());
      }
      ours.put(spec.name(), values);
    }
    state.putAll(Weights.pytorch().arrays(network, ours.buildOrThrow()));
  }

  /** Instead of biases of convolutions, normalizations. */
  private void drawNormalized(Network network) {
    draw(network);
    for (ParameterSpec spec : network.parameters()) {
      String name = spec.name();
      if (name.endsWith(".bias") && !name.startsWith("fc.")) {
        state.remove(name);
        String convolution = name.substring(0, name.lastIndexOf('.'));
        String norm = convolution.replaceAll("conv(\\d)$", "bn$1").replaceAll("\\.0$", ".1");
        int channels = spec.shape().get(0);
        state.put(norm + ".weight", drawn(norm.length(), channels, 1));
        state.put(norm + ".bias", drawn(1L + norm.length(), channels, 0));
        state.put(norm + ".running_mean", drawn(2L + norm.length(), channels, 0));
        state.put(norm + ".running_var", drawn(3L + norm.length(), channels, 1));
        state.put(norm + ".num_batches_tracked", FloatArray.of(new float[] {7}));
      }
    }
  }

  /** Within 0.2 of a value. */
  private static FloatArray drawn(long seed, int size, float around) {
    FloatArray drawn = FloatArray.zeros(size);
    DataRandom random = new DataRandom(seed);
    for (int i = 0; i < size; i++) {
      drawn.values()[i] = around + (float) (0.4 * random.nextDouble() - 0.2);
    }
    return drawn;
  }

  private ImmutableMap<String, FloatArray> mapped(Network network) {
    return Weights.pytorch().map(network, state);
  }

  private FloatArray get(String name) {
    return Objects.requireNonNull(state.get(name), name);
  }

  private Maps convolution(Maps maps, String name, int stride, int padding) {
    FloatArray kernel = get(name + ".weight");
    double[] values = maps.image().convolve(kernel, stride, padding).flat().clone();
    int filters = kernel.shape().get(0);
    return new Maps(filters, (int) Math.round(Math.sqrt((double) values.length / filters)), values);
  }

  private Maps convolved(Maps maps, String name, int stride, int padding) {
    Maps result = convolution(maps, name, stride, padding);
    int places = result.side * result.side;
    for (int i = 0; i < result.values.length; i++) {
      result.values[i] += get(name + ".bias").values()[i / places];
    }
    return result;
  }

  /** PyTorch's definition: (y - mean) / sqrt(variance + eps) * weight + bias. */
  private Maps normalized(Maps maps, String name, String norm, int stride, int padding) {
    Maps result = convolution(maps, name, stride, padding);
    int places = result.side * result.side;
    for (int i = 0; i < result.values.length; i++) {
      int channel = i / places;
      double centred = result.values[i] - get(norm + ".running_mean").values()[channel];
      double deviation = Math.sqrt(get(norm + ".running_var").values()[channel] + 1e-5);
      result.values[i] =
          centred / deviation * get(norm + ".weight").values()[channel]
              + get(norm + ".bias").values()[channel];
    }
    return result;
  }

  private static Maps relu(Maps maps) {
    return new Maps(
        maps.channels,
        maps.side,
        Arrays.stream(maps.values).map(value -> Math.max(0, value)).toArray());
  }

  private static Maps maximum(Maps maps, Window window) {
    double[] values = maps.image().pool(window, ChannelFirst::max).flat();
    return new Maps(
        maps.channels, (int) Math.round(Math.sqrt((double) values.length / maps.channels)), values);
  }

  /** PyTorch's ceil_mode: the last window counts if it begins inside. */
  private static Maps pooledByCeiling(Maps maps) {
    int side = (int) Math.ceil((maps.side - 3) / 2.0) + 1;
    double[] values = new double[maps.channels * side * side];
    Arrays.fill(values, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < values.length; i++) {
      int channel = i / (side * side);
      for (int row = 2 * (i / side % side);
          row < Math.min(maps.side, 2 * (i / side % side) + 3);
          row++) {
        for (int column = 2 * (i % side);
            column < Math.min(maps.side, 2 * (i % side) + 3);
            column++) {
          values[i] =
              Math.max(values[i], maps.values[(channel * maps.side + row) * maps.side + column]);
        }
      }
    }
    return new Maps(maps.channels, side, values);
  }

  private static double[] means(Maps maps) {
    int places = maps.side * maps.side;
    double[] means = new double[maps.channels];
    for (int i = 0; i < maps.values.length; i++) {
      means[i / places] += maps.values[i] / places;
    }
    return means;
  }

  private double[] linear(double[] inputs, String name) {
    FloatArray weight = get(name + ".weight");
    double[] outputs = ChannelFirst.toDouble(get(name + ".bias"));
    for (int i = 0; i < weight.size(); i++) {
      outputs[i / inputs.length] += weight.values()[i] * inputs[i % inputs.length];
    }
    return outputs;
  }

  private static void assertClose(double[] actual, double[] expected) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(size).isPositive();
    assertThat(actual).containsExactly(expected, within(ROUNDING * size));
  }
}
