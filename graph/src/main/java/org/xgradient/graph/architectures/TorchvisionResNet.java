package org.xgradient.graph.architectures;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;

/**
 * Builds torchvision's residual networks (He et al. 2016; the stride of a bottleneck is at its
 * convolution 3x3) as they are after training: each batch normalization folded into its
 * convolution, which so has a bias.
 */
final class TorchvisionResNet {

  private final ResNetStages stages;

  private TorchvisionResNet(ResNetStages stages) {
    this.stages = stages;
  }

  static Network create(int depth, int classes) {
    return new TorchvisionResNet(ResNetStages.of(depth)).network("resnet" + depth, classes);
  }

  private Network network(String name, int classes) {
    Sequential.Builder layers =
        Sequential.builder()
            .add("conv1", convolution(64, Window.of(7).withStride(2).withPadding(3)))
            .add("relu", Activation.RELU)
            .add("maxpool", Pool2d.max(Window.of(3).withStride(2).withPadding(1)));
    int channels = 64;
    for (int i = 0; i < stages.blocks().length(); i++) {
      int width = ResNetStages.width(i);
      Sequential[] blocks = new Sequential[stages.blocks().get(i)];
      blocks[0] = block(channels, width, ResNetStages.stride(i));
      channels = width * stages.expansion();
      for (int j = 1; j < blocks.length; j++) {
        blocks[j] = block(channels, width, 1);
      }
      layers.add("layer" + (i + 1), Sequential.of(blocks));
    }
    layers.add("avgpool", new GlobalAveragePool()).add("fc", Dense.of(classes));
    return new Network(name, ImmutableIntArray.of(224, 224, 3), layers.build());
  }

  private Sequential block(int channels, int width, int stride) {
    int outputs = width * stages.expansion();
    Sequential shortcut =
        stride == 1 && channels == outputs
            ? Sequential.of()
            : Sequential.builder()
                .add(
                    "downsample",
                    Sequential.of(convolution(outputs, Window.of(1).withStride(stride))))
                .build();
    return Sequential.builder()
        .add("", new Residual(main(width, stride), shortcut))
        .add("relu", Activation.RELU)
        .build();
  }

  private Sequential main(int width, int stride) {
    Window wide = Window.of(3).withPadding(1);
    Sequential.Builder main = Sequential.builder();
    if (stages.bottleneck()) {
      return main.add("conv1", convolution(width, Window.of(1)))
          .add("relu1", Activation.RELU)
          .add("conv2", convolution(width, wide.withStride(stride)))
          .add("relu2", Activation.RELU)
          .add("conv3", convolution(width * stages.expansion(), Window.of(1)))
          .build();
    }
    return main.add("conv1", convolution(width, wide.withStride(stride)))
        .add("relu1", Activation.RELU)
        .add("conv2", convolution(width, wide))
        .build();
  }

  private static Conv2d convolution(int filters, Window window) {
    return Conv2d.of(filters, window)
        .withInitializers(Initializer.heNormal(), Initializer.constant(0));
  }
}
