package org.xgradient.graph.network;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.gradient.GradientCase;

/** Every layer in the middle of a small network. */
@SuppressWarnings("exports")
public final class LayerCases {

  private static final int BATCH = 2;
  private static final ImmutableIntArray VECTOR = ImmutableIntArray.of(4);
  private static final ImmutableIntArray IMAGE = ImmutableIntArray.of(5, 6, 2);
  private static final ImmutableIntArray SEQUENCE = ImmutableIntArray.of(5, 4);

  /** A whole sequence, and one that is filled up with two steps. */
  private static final float[][] PRESENT = {{1, 1, 1, 1, 1}, {1, 1, 1, 0, 0}};

  private static final Window CORNERS = Window.of(3).withStride(2).withPadding(1);

  private static final ImmutableList<Layer> FOR_VECTORS =
      ImmutableList.<Layer>builder()
          .add(Dense.of(3), Dense.of(3).withoutBiases())
          .add(Activation.values())
          .add(new LeakyRelu(0.2f), new PRelu(0.25f), new Dropout(0.4f))
          .add(Sequential.of(Dense.of(3), Activation.SOFTPLUS))
          .build();

  private static final ImmutableList<Layer> FOR_IMAGES =
      ImmutableList.of(
          Conv2d.of(2, Window.of(3).withPadding(1)),
          Conv2d.of(2, new Window(3, 2, 2, 1)).withoutBiases(),
          Conv2d.of(2, new Window(2, 3, 2, new WindowPadding.Sides(1, 0, 0, 2))),
          Conv2d.of(2, Window.of(3).withStride(2).withPadding(WindowPadding.same())),
          Pool2d.max(Window.of(2).withStride(2)),
          Pool2d.max(new Window(2, 3, 1, new WindowPadding.Sides(0, 1, 1, 0))),
          Pool2d.max(new Window(2, 3, 2, WindowPadding.same())),
          Pool2d.average(new Window(2, 3, 2, WindowPadding.same())),
          Pool2d.max(CORNERS),
          Pool2d.min(CORNERS),
          Pool2d.average(CORNERS),
          new GlobalAveragePool(),
          new AdaptiveAveragePool2d(3, 4),
          new AdaptiveAveragePool2d(7, 2),
          new Flatten(),
          new ZeroPadding2d(1, 0, 2, 1),
          new Residual(
              Sequential.builder().add("main", Conv2d.of(2, CORNERS)).build(),
              Sequential.builder()
                  .add("shortcut", Conv2d.of(2, Window.of(1).withStride(2)))
                  .build()),
          Residual.of(Sequential.of(new Scale(), Activation.SIGMOID)),
          new Residual(
              Sequential.of(Conv2d.of(2, CORNERS)),
              Sequential.of(Conv2d.of(2, Window.of(1).withStride(2)))),
          Concatenation.of(
              Sequential.of(Conv2d.of(2, Window.of(1))), Sequential.of(Conv2d.of(1, Window.of(1)))),
          Concatenation.of(
              Sequential.of(new Scale()),
              Sequential.builder().add("conv", Conv2d.of(2, Window.of(1))).build()),
          Concatenation.of(Sequential.of(Conv2d.of(2, Window.of(1)))),
          new PRelu(0.25f),
          new Scale(),
          new Shift());

  private static final ImmutableList<Layer> FOR_SEQUENCES =
      ImmutableList.of(
          Conv1d.of(3, 3),
          Conv1d.of(2, 4).withoutBiases(),
          Conv1d.of(2, 1),
          PoolOverTime.max(),
          PoolOverTime.mean(),
          Sequential.of(Conv1d.of(3, 2), Conv1d.of(2, 3), PoolOverTime.max()));

  private LayerCases() {}

  public static Stream<Layer> layers() {
    return Stream.of(FOR_VECTORS, FOR_IMAGES, FOR_SEQUENCES).flatMap(List::stream);
  }

  /** Each layer as a network of its own. */
  public static Stream<Network> layersOnInputs() {
    return Stream.of(
            FOR_VECTORS.stream().map(layer -> network(VECTOR, layer)),
            FOR_IMAGES.stream().map(layer -> network(IMAGE, layer)),
            FOR_SEQUENCES.stream().map(layer -> network(SEQUENCE, layer)))
        .flatMap(networks -> networks);
  }

  private static Network network(ImmutableIntArray input, Layer layer) {
    Sequential layers =
        Sequential.builder().add("layer", layer).add("flatten", new Flatten()).build();
    return new Network("only", input, layers);
  }

  public static Stream<GradientCase> gradientCases() {
    return Stream.of(
            FOR_VECTORS.stream().map(layer -> of(layer, VECTOR, Dense.of(5), false)),
            FOR_IMAGES.stream()
                .map(layer -> of(layer, IMAGE, Conv2d.of(3, Window.of(3).withPadding(1)), false)),
            FOR_SEQUENCES.stream().map(layer -> of(layer, SEQUENCE, Conv1d.of(3, 3), false)),
            FOR_SEQUENCES.stream().map(layer -> of(layer, SEQUENCE, Conv1d.of(3, 3), true)))
        .flatMap(cases -> cases);
  }

  /** Every pooling with every window from 1x1 to 4x4 and every stride from 1 to 3. */
  public static Stream<GradientCase> poolingCases() {
    List<GradientCase> cases = new ArrayList<>();
    for (int height = 1; height <= 4; height++) {
      for (int width = 1; width <= 4; width++) {
        for (int stride = 1; stride <= 3; stride++) {
          Window window = new Window(height, width, stride, 0);
          for (Layer pool :
              List.of(Pool2d.max(window), Pool2d.min(window), Pool2d.average(window))) {
            cases.add(of(pool, IMAGE, Conv2d.of(3, Window.of(3).withPadding(1)), false));
          }
        }
      }
    }
    return cases.stream();
  }

  /**
   * Another layer, the layer, tanh and a dense layer, so that curvature and weights stand on both
   * sides.
   */
  private static GradientCase of(
      Layer layer, ImmutableIntArray input, Layer before, boolean padded) {
    Sequential layers =
        Sequential.builder()
            .add("before", before)
            .add("layer", layer)
            .add("tanh", Activation.TANH)
            .add("flatten", new Flatten())
            .add("after", Dense.of(3).withoutBiases())
            .build();
    Network network = new Network("around", input, layers);
    return new GradientCase(
        layer + (padded ? " of padded sequences" : ""), session -> build(session, network, padded));
  }

  private static GradientCase.Function build(
      GraphSession session, Network network, boolean padded) {
    var tf = session.ops();
    NetworkModel model = NetworkModel.create(network, session);
    var shape = ImmutableIntArray.builder().add(BATCH).addAll(network.inputShape()).build();
    Operand<TFloat32> inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(shape)));
    Mode mode = Mode.training(tf.constant(new long[] {7, 0}));
    if (padded) {
      mode = mode.withPresent(tf.constant(PRESENT));
    }
    var logits = model.logits(inputs, mode);
    var output = GradientCase.sum(tf, tf.math.mul(logits, tf.constant(new float[] {1, -2, 3})));
    return new GradientCase.Function(
        inputs, output, model.parameters().stream().map(Parameter::value).toList());
  }
}
