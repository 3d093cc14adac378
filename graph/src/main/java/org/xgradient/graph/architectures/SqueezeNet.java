package org.xgradient.graph.architectures;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;

/** Builds SqueezeNet v1.0 (Iandola et al. 2016, Table 1). */
final class SqueezeNet {

  private static final int CLASSES = 1000;
  private static final Layer RELU = Activation.RELU;
  private static final Layer POOL = Pool2d.max(Window.of(3).withStride(2));

  private SqueezeNet() {}

  static Network create() {
    Sequential layers =
        Sequential.builder()
            .add("conv1", convolution(96, Window.of(7).withStride(2)))
            .add("relu1", RELU)
            .add("pool1", POOL)
            .add("", fire(2, 16, 64))
            .add("", fire(3, 16, 64))
            .add("", fire(4, 32, 128))
            .add("pool4", POOL)
            .add("", fire(5, 32, 128))
            .add("", fire(6, 48, 192))
            .add("", fire(7, 48, 192))
            .add("", fire(8, 64, 256))
            .add("pool8", POOL)
            .add("", fire(9, 64, 256))
            .add("conv_final", convolution(CLASSES, Window.of(1).withPadding(1)))
            .add("relu_final", RELU)
            .add("pool_final", new GlobalAveragePool())
            .build();
    return new Network("squeezenet", ImmutableIntArray.of(227, 227, 3), layers);
  }

  /** Few channels, then many by windows 1x1 and 3x3. */
  private static Sequential fire(int number, int squeezed, int expanded) {
    String name = "fire" + number + "_";
    Layer small = convolution(expanded, Window.of(1));
    Layer large = convolution(expanded, Window.of(3).withPadding(1));
    return Sequential.builder()
        .add(name + "conv1x1_1", convolution(squeezed, Window.of(1)))
        .add(name + "relu_1", RELU)
        .add(
            "",
            Concatenation.of(
                Sequential.builder().add(name + "conv1x1_2", small).build(),
                Sequential.builder().add(name + "conv3x3_2", large).build()))
        .add(name + "relu_2", RELU)
        .build();
  }

  private static Conv2d convolution(int filters, Window window) {
    return Conv2d.of(filters, window)
        .withInitializers(Initializer.heNormal(), Initializer.constant(0));
  }
}
