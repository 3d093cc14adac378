package org.xgradient.graph.architectures;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Scale;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Shift;
import org.xgradient.graph.network.Window;

/**
 * Builds residual networks with Fixup initialization in place of normalization (Zhang, Dauphin, Ma,
 * ICLR 2019, Sec. 3).
 */
final class FixupResNet {

  private static final Initializer ZERO = Initializer.constant(0);

  private final ResNetStages stages;
  private final boolean scales;

  private FixupResNet(ResNetStages stages, boolean scales) {
    this.stages = stages;
    this.scales = scales;
  }

  static Network create(int depth, int classes, boolean scales) {
    return new FixupResNet(ResNetStages.of(depth), scales).network("fixup-resnet" + depth, classes);
  }

  private Network network(String name, int classes) {
    Sequential.Builder layers =
        Sequential.builder()
            .add("conv1", Conv2d.of(64, Window.of(7).withStride(2).withPadding(3)).withoutBiases())
            .add("bias1", new Shift())
            .add("relu", Activation.RELU)
            .add("maxpool", Pool2d.max(Window.of(3).withStride(2).withPadding(1)));
    int channels = 64;
    for (int i = 0; i < stages.blocks().length(); i++) {
      int width = ResNetStages.width(i);
      layers.add(
          "layer" + (i + 1),
          stage(stages.blocks().get(i), channels, width, ResNetStages.stride(i)));
      channels = width * stages.expansion();
    }
    layers
        .add("avgpool", new GlobalAveragePool())
        .add("bias2", new Shift())
        .add("fc", Dense.of(classes).withInitializers(ZERO, ZERO));
    return new Network(name, ImmutableIntArray.of(224, 224, 3), layers.build());
  }

  private Sequential stage(int count, int channels, int width, int stride) {
    Layer[] blocks = new Layer[count];
    blocks[0] = block(channels, width, stride);
    for (int i = 1; i < count; i++) {
      blocks[i] = block(width * stages.expansion(), width, 1);
    }
    return Sequential.of(blocks);
  }

  private Sequential block(int channels, int width, int stride) {
    int outputs = width * stages.expansion();
    Sequential.Builder block = Sequential.builder();
    if (stride == 1 && channels == outputs) {
      Sequential main =
          Sequential.builder().add("bias1a", new Shift()).add("", main(width, stride)).build();
      block.add("", Residual.of(main));
    } else {
      // Here the shortcut starts after the first shift.
      Window window = Window.of(1).withStride(stride);
      Sequential shortcut =
          Sequential.builder().add("downsample", convolution(outputs, window, 0)).build();
      block.add("bias1a", new Shift()).add("", new Residual(main(width, stride), shortcut));
    }
    return block.add("relu", Activation.RELU).build();
  }

  /** All of a block's main path but its first shift. */
  private Sequential main(int width, int stride) {
    Window wide = Window.of(3).withPadding(1);
    Sequential.Builder main = Sequential.builder();
    if (stages.bottleneck()) {
      // m = 3 layers a block: L^(-1 / (2m - 2))
      main.add("conv1", convolution(width, Window.of(1), -0.25));
      between(main, 1);
      main.add("conv2", convolution(width, wide.withStride(stride), -0.25));
      between(main, 2);
      main.add("conv3", zero(4 * width, Window.of(1)));
    } else {
      main.add("conv1", convolution(width, wide.withStride(stride), -0.5));
      between(main, 1);
      main.add("conv2", zero(width, wide));
    }
    if (scales) {
      main.add("scale", new Scale());
    }
    return main.add(stages.bottleneck() ? "bias3b" : "bias2b", new Shift()).build();
  }

  private static void between(Sequential.Builder main, int convolution) {
    main.add("bias" + convolution + "b", new Shift())
        .add("relu" + convolution, Activation.RELU)
        .add("bias" + (convolution + 1) + "a", new Shift());
  }

  /** Normal weights, scaled by a power of the number of blocks. */
  private Conv2d convolution(int filters, Window window, double exponent) {
    return withoutBias(
        filters, window, Initializer.normalFanOut(Math.pow(stages.total(), exponent)));
  }

  private static Conv2d zero(int filters, Window window) {
    return withoutBias(filters, window, ZERO);
  }

  private static Conv2d withoutBias(int filters, Window window, Initializer weights) {
    return Conv2d.of(filters, window).withInitializers(weights, ZERO).withoutBiases();
  }
}
