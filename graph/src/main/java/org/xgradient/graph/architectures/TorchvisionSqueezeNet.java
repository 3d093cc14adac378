package org.xgradient.graph.architectures;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Initializer;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;
import org.xgradient.graph.network.WindowPadding;

/** Builds torchvision's SqueezeNets, whose pooling also takes windows that the image cuts off. */
final class TorchvisionSqueezeNet {

  private static final Layer RELU = Activation.RELU;
  private static final Window POOLED = Window.of(3).withStride(2);

  private final List<Layer> features = new ArrayList<>();
  private ImmutableIntArray shape = ImmutableIntArray.of(224, 224, 3);

  private TorchvisionSqueezeNet() {}

  static Network version10(int classes) {
    TorchvisionSqueezeNet net = new TorchvisionSqueezeNet();
    net.add(convolution(96, Window.of(7).withStride(2)));
    net.add(RELU);
    net.pool();
    net.fires(16, 16, 32);
    net.pool();
    net.fires(32, 48, 48, 64);
    net.pool();
    net.fires(64);
    return net.network("squeezenet1_0", classes);
  }

  static Network version11(int classes) {
    TorchvisionSqueezeNet net = new TorchvisionSqueezeNet();
    net.add(convolution(64, Window.of(3).withStride(2)));
    net.add(RELU);
    net.pool();
    net.fires(16, 16);
    net.pool();
    net.fires(32, 32);
    net.pool();
    net.fires(48, 48, 64, 64);
    return net.network("squeezenet1_1", classes);
  }

  private void add(Layer layer) {
    features.add(layer);
    shape = layer.outputShape(shape);
  }

  /** Where a last window begins in the image and ends outside, a row and a column fill it up. */
  private void pool() {
    int over = (shape.get(0) - POOLED.height()) % POOLED.stride();
    add(Pool2d.max(POOLED.withPadding(new WindowPadding.Sides(0, over, 0, over))));
  }

  /** Few channels, then four times as many by windows 1x1, and as many by 3x3. */
  private void fires(int... squeezed) {
    for (int filters : squeezed) {
      add(
          Sequential.builder()
              .add("squeeze", convolution(filters, Window.of(1)))
              .add("squeeze_activation", RELU)
              .add(
                  "",
                  Concatenation.of(
                      expansion("expand1x1", 4 * filters, Window.of(1)),
                      expansion("expand3x3", 4 * filters, Window.of(3).withPadding(1))))
              .build());
    }
  }

  private static Sequential expansion(String name, int filters, Window window) {
    return Sequential.builder()
        .add(name, convolution(filters, window))
        .add(name + "_activation", RELU)
        .build();
  }

  private Network network(String name, int classes) {
    Sequential classifier =
        Sequential.of(new Dropout(0.5f), convolution(classes, Window.of(1)), RELU);
    Sequential layers =
        Sequential.builder()
            .add("features", Sequential.of(features.toArray(Layer[]::new)))
            .add("classifier", classifier)
            .add("pool", new GlobalAveragePool())
            .build();
    return new Network(name, ImmutableIntArray.of(224, 224, 3), layers);
  }

  private static Conv2d convolution(int filters, Window window) {
    return Conv2d.of(filters, window)
        .withInitializers(Initializer.heNormal(), Initializer.constant(0));
  }
}
