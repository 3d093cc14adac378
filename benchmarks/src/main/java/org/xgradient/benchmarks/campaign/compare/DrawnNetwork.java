package org.xgradient.benchmarks.campaign.compare;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.data.DataRandom;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.AdaptiveAveragePool2d;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv1d;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.LeakyRelu;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.PRelu;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.PoolOverTime;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Scale;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Shift;
import org.xgradient.graph.network.Window;
import org.xgradient.graph.network.WindowPadding;
import org.xgradient.graph.network.ZeroPadding2d;

/** Draws networks of all layers, with all kinds of windows, and their weights. */
final class DrawnNetwork {

  private static final int MOST_LAYERS = 5;
  private static final int MOST_VALUES = 300;

  private final DataRandom random;
  private final boolean homogeneous;

  private DrawnNetwork(DataRandom random) {
    this.random = random;
    this.homogeneous = random.nextInt(2) == 0;
  }

  /** A network; half of them are homogeneous. */
  static Network draw(DataRandom random) {
    return new DrawnNetwork(random).network();
  }

  /** The values of its parameters, each of them a float. */
  static ImmutableList<double[]> weights(Network network, DataRandom random) {
    return network.parameters().stream()
        .map(parameter -> weights(parameter, random))
        .collect(ImmutableList.toImmutableList());
  }

  private static double[] weights(ParameterSpec parameter, DataRandom random) {
    double[] values = new double[Math.toIntExact(parameter.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              switch (parameter.role()) {
                case WEIGHT -> Math.sqrt(2.0 / parameter.fanIn()) * random.nextGaussian();
                case BIAS -> 0.3 * random.nextGaussian();
                case SLOPE -> 0.1 + 0.3 * random.nextDouble();
                case SCALE -> 0.5 + random.nextDouble();
                default -> random.nextGaussian();
              };
    }
    return values;
  }

  private Network network() {
    ImmutableIntArray input =
        switch (random.nextInt(8)) {
          case 0 -> ImmutableIntArray.of(from(2, 9));
          case 1 -> ImmutableIntArray.of(from(2, 7), from(1, 4));
          // Machines compute many channels by other code than few.
          case 2 -> ImmutableIntArray.of(from(2, 7), from(17, 112));
          case 3 -> ImmutableIntArray.of(from(1, 4), from(1, 4), from(17, 112));
          default -> ImmutableIntArray.of(from(3, 7), from(3, 7), from(1, 3));
        };
    List<Layer> layers = new ArrayList<>();
    ImmutableIntArray shape = input;
    for (int i = from(1, MOST_LAYERS); i > 0; i--) {
      Layer layer = fitting(shape);
      layers.add(layer);
      shape = layer.outputShape(shape);
    }
    if (shape.length() > 1) {
      layers.add(new Flatten());
    }
    layers.add(Dense.of(from(1, 3)));
    Network network = new Network("drawn", input, Sequential.of(layers.toArray(Layer[]::new)));
    return homogeneous ? network.withoutBiases() : network;
  }

  /** One of some things, each as likely as any other. */
  static <T> T anyOf(DataRandom random, T[] things) {
    return things[random.nextInt(things.length)];
  }

  private int from(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** A layer that can follow on values of a shape, and does not make too many of them. */
  private Layer fitting(ImmutableIntArray shape) {
    while (true) {
      try {
        Layer layer =
            switch (shape.length()) {
              case 3 -> forImages(shape);
              case 2 -> forSequences();
              default -> forVectors(shape);
            };
        ImmutableIntArray output = layer.outputShape(shape);
        if (Shapes.size(output) <= MOST_VALUES) {
          return layer;
        }
      } catch (IllegalArgumentException e) {
        // The window is larger than the image; another is drawn.
      }
    }
  }

  private Layer forVectors(ImmutableIntArray shape) {
    return switch (random.nextInt(4)) {
      case 0 -> Dense.of(from(1, 8));
      case 1 -> Residual.of(Sequential.of(elementwise(), Dense.of(shape.get(0))));
      case 2 ->
          Concatenation.of(
              Sequential.of(Dense.of(from(1, 4))),
              Sequential.of(elementwise(), Dense.of(from(1, 4))));
      default -> elementwise();
    };
  }

  private Layer forSequences() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> Conv1d.of(from(1, 4), from(1, 5));
      case 2 -> new PoolOverTime(anyOf(random, PoolOverTime.Kind.values()));
      case 3 -> new Flatten();
      default -> elementwise();
    };
  }

  private Layer forImages(ImmutableIntArray shape) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> Conv2d.of(from(1, 4), window());
      case 3, 4 -> new Pool2d(anyOf(random, Pool2d.Kind.values()), window());
      case 5 -> new ZeroPadding2d(from(0, 2), from(0, 2), from(0, 2), from(0, 2));
      case 6 -> new AdaptiveAveragePool2d(from(1, 5), from(1, 5));
      case 7 -> random.nextInt(2) == 0 ? new GlobalAveragePool() : new Flatten();
      case 8 -> residual(shape);
      case 9 -> concatenation();
      default -> elementwise();
    };
  }

  private Window window() {
    WindowPadding padding =
        switch (random.nextInt(4)) {
          case 0 -> new WindowPadding.Sides(from(0, 2), from(0, 2), from(0, 2), from(0, 2));
          case 1 -> WindowPadding.same();
          default -> WindowPadding.of(from(0, 2));
        };
    return new Window(from(1, 4), from(1, 4), from(1, 3), padding);
  }

  private Layer residual(ImmutableIntArray shape) {
    int channels = shape.get(2);
    if (random.nextInt(2) == 0) {
      return Residual.of(
          Sequential.of(elementwise(), Conv2d.of(channels, Window.of(3).withPadding(1))));
    }
    int stride = from(1, 2);
    int filters = from(1, 3);
    return new Residual(
        Sequential.of(Conv2d.of(filters, Window.of(3).withStride(stride).withPadding(1))),
        Sequential.of(Conv2d.of(filters, Window.of(1).withStride(stride))));
  }

  private Layer concatenation() {
    Window window = window();
    List<Sequential> branches =
        IntStream.rangeClosed(0, from(0, 2))
            .mapToObj(i -> Sequential.of(Conv2d.of(from(1, 3), window), elementwise()))
            .toList();
    return new Concatenation(ImmutableList.copyOf(branches));
  }

  private Layer elementwise() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Activation.RELU;
      case 2 -> new LeakyRelu(random.nextInt(10) / 10f);
      case 3 -> new PRelu(0.25f);
      case 4 -> new Scale();
      case 5 -> new Shift();
      case 6 -> new Dropout(0.5f);
      default -> homogeneous ? Activation.RELU : anyOf(random, Activation.values());
    };
  }
}
