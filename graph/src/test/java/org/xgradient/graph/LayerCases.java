package org.xgradient.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Every layer in the middle of a small network. */
final class LayerCases {

  private static final ImmutableIntArray VECTOR = ImmutableIntArray.of(4);
  private static final int BATCH = 2;

  /** Layers by their permitted subclass of {@link Layer}. */
  static final ImmutableListMultimap<Class<? extends Layer>, Layer> LAYERS =
      ImmutableListMultimap.<Class<? extends Layer>, Layer>builder()
          .putAll(Dense.class, Dense.of(3), Dense.of(3).withoutBiases())
          .putAll(Activation.class, Activation.values())
          .put(LeakyRelu.class, new LeakyRelu(0.2f))
          .put(PRelu.class, new PRelu(0.25f))
          .put(Dropout.class, new Dropout(0.4f))
          .put(Sequential.class, Sequential.of(Dense.of(3), Activation.SOFTPLUS))
          .build();

  private LayerCases() {}

  static Stream<GradientCase> all() {
    return LAYERS.entries().stream()
        .map(
            entry ->
                new GradientCase(
                    entry.getValue().toString(), session -> build(session, entry.getValue())));
  }

  /** dense - layer - tanh - dense, so that curvature and weights stand on both sides. */
  private static GradientCase.Function build(GraphSession session, Layer layer) {
    Sequential layers =
        Sequential.builder()
            .add("before", Dense.of(5))
            .add("layer", layer)
            .add("tanh", Activation.TANH)
            .add("after", Dense.of(3).withoutBiases())
            .build();
    Network network = new Network("around", VECTOR, layers);
    NetworkModel model = network.build(session, 0);
    var tf = session.ops();
    Operand<TFloat32> inputs =
        tf.placeholder(
            TFloat32.class, Placeholder.shape(Shapes.of(withBatch(network.inputShape()))));
    var logits = model.logits(inputs, Mode.training(tf.constant(new long[] {7, 0})));
    var output = GradientCase.sum(tf, tf.math.mul(logits, tf.constant(new float[] {1, -2, 3})));
    return new GradientCase.Function(
        inputs,
        output,
        ImmutableList.copyOf(model.parameters().stream().map(Parameter::value).toList()));
  }

  private static ImmutableIntArray withBatch(ImmutableIntArray example) {
    return ImmutableIntArray.builder().add(BATCH).addAll(example).build();
  }
}
