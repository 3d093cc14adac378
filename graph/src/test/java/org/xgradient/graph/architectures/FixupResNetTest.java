package org.xgradient.graph.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Sequential;

/** Blocks against the equations of the authors' code, in plain loops and float64. */
class FixupResNetTest {

  private static final double ROUNDING = 1e-4;

  /** Parameters by name, in PyTorch's layout. */
  private final Map<String, FloatArray> weights = new HashMap<>();

  @Test
  void aBottleneckTakesTheShortcutAfterItsFirstShift() {
    ChannelFirst x = ChannelFirst.random(256, 3, 4, 1);
    Sequential block = block(50, 1, 0);
    draw(block, 256);
    ChannelFirst shifted = x.map(value -> value + scalar("bias1a"));
    ChannelFirst out = relu(shifted.convolve(weight("conv1.weight"), 1, 0), "bias1b");
    out = out.map(value -> value + scalar("bias2a"));
    out = relu(out.convolve(weight("conv2.weight"), 2, 1), "bias2b");
    out = out.map(value -> value + scalar("bias3a")).convolve(weight("conv3.weight"), 1, 0);
    out = out.map(value -> value * scalar("scale") + scalar("bias3b"));
    ChannelFirst identity = shifted.convolve(weight("downsample.weight"), 2, 0);
    assertThat(x.through(block, ours()))
        .containsExactly(
            out.plus(identity).map(FixupResNetTest::relu).channelLast(), within(ROUNDING));
  }

  @Test
  void aBasicBlockAddsItsInput() {
    ChannelFirst x = ChannelFirst.random(64, 3, 4, 1);
    Sequential block = block(18, 0, 1);
    draw(block, 64);
    ChannelFirst out = x.map(value -> value + scalar("bias1a"));
    out = relu(out.convolve(weight("conv1.weight"), 1, 1), "bias1b");
    out = out.map(value -> value + scalar("bias2a")).convolve(weight("conv2.weight"), 1, 1);
    out = out.map(value -> value * scalar("scale") + scalar("bias2b"));
    assertThat(x.through(block, ours()))
        .containsExactly(out.plus(x).map(FixupResNetTest::relu).channelLast(), within(ROUNDING));
  }

  private static Sequential block(int depth, int stage, int index) {
    var layers = Networks.fixupResNet(depth, 10).layers().layers();
    var blocks = (Sequential) layers.get(4 + stage).layer();
    return (Sequential) blocks.layers().get(index).layer();
  }

  /** Weights of a size that keeps values of the order of 1. */
  private void draw(Sequential block, int channels) {
    for (ParameterSpec spec : block.parameters(ImmutableIntArray.of(3, 4, channels))) {
      ImmutableIntArray shape = spec.shape();
      int[] theirs =
          shape.length() == 4
              ? new int[] {shape.get(3), shape.get(2), shape.get(0), shape.get(1)}
              : shape.toArray();
      FloatArray drawn = ChannelFirst.randomArray(spec.name().hashCode(), theirs);
      for (int i = 0; i < drawn.size(); i++) {
        drawn.values()[i] *= (float) (1 / Math.sqrt(spec.fanIn()));
      }
      weights.put(spec.name(), drawn);
    }
  }

  private ImmutableMap<String, FloatArray> ours() {
    ImmutableMap.Builder<String, FloatArray> ours = ImmutableMap.builder();
    weights.forEach(
        (name, values) ->
            ours.put(
                name,
                values.shape().length() == 4 ? AxisOrder.permuted(values, 2, 3, 1, 0) : values));
    return ours.buildOrThrow();
  }

  private FloatArray weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private double scalar(String name) {
    return weight(name).values()[0];
  }

  private ChannelFirst relu(ChannelFirst image, String shift) {
    return image.map(value -> relu(value + scalar(shift)));
  }

  private static double relu(double value) {
    return Math.max(0, value);
  }
}
