package org.xgradient.graph.graphdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.gradient.GradientCase;
import org.xgradient.graph.testing.GradientCheck;

/** Serialized convolutions and poolings whose gradients TensorFlow lacks or gets wrong. */
class DifferentiableWindowsTest {

  private static final Shape IMAGES = Shape.of(2, 8, 9, 1);

  /** The same products are summed in another order, in float32. */
  private static final float ROUNDING = 1e-5f;

  private record Case(
      String name, String type, int filters, Consumer<OperationBuilder> attributes) {
    /**
     * Of one channel, a convolution of each channel is the usual one, of which every CPU has a
     * kernel that dilates.
     */
    Case asConvolution() {
      return type.equals("DepthwiseConv2dNative")
          ? new Case(name, "Conv2D", filters, attributes)
          : this;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("one filter, stride 2", "Conv2D", 1, op -> window(op, 2, 3, "VALID")),
        new Case("one filter, SAME", "Conv2D", 1, op -> window(op, 3, 2, "SAME")),
        new Case(
            "dilated",
            "Conv2D",
            2,
            op -> window(op, 1, 1, "VALID").setAttr("dilations", new long[] {1, 2, 3, 1})),
        new Case(
            "dilated, SAME",
            "Conv2D",
            1,
            op -> window(op, 1, 1, "SAME").setAttr("dilations", new long[] {1, 2, 2, 1})),
        new Case(
            "dilated, one channel at a time",
            "DepthwiseConv2dNative",
            2,
            op -> window(op, 1, 1, "VALID").setAttr("dilations", new long[] {1, 2, 2, 1})),
        new Case("explicit", "Conv2D", 2, op -> explicit(window(op, 2, 2, "EXPLICIT"))),
        new Case("explicit, one", "Conv2D", 1, op -> explicit(window(op, 2, 2, "EXPLICIT"))),
        new Case(
            "explicit, pooled",
            "MaxPool",
            0,
            op ->
                explicit(window(op, 2, 2, "EXPLICIT")).setAttr("ksize", new long[] {1, 2, 3, 1})));
  }

  private static OperationBuilder window(
      OperationBuilder op, int down, int across, String padding) {
    return op.setAttr("strides", new long[] {1, down, across, 1}).setAttr("padding", padding);
  }

  private static OperationBuilder explicit(OperationBuilder op) {
    return op.setAttr("explicit_paddings", new long[] {0, 0, 1, 0, 0, 2, 0, 0});
  }

  private static Operand<TFloat32> raw(
      Ops tf, Case tested, Operand<TFloat32> images, Operand<TFloat32> filter) {
    OperationBuilder builder =
        tf.scope().opBuilder(tested.type(), "raw").addInput(images.asOutput());
    if (tested.filters() > 0) {
      builder.addInput(filter.asOutput());
    }
    tested.attributes().accept(builder);
    return builder.build().output(0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areTheSameFunction(Case tested) {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(IMAGES));
      var rows = random(IMAGES, 1);
      var filter = tf.constant(filter(tested));
      var original = raw(tf, tested, images, filter);
      var rewritten = function(tf, images, original).apply(images);
      var reference = raw(tf, tested.asConvolution(), images, filter);
      float[] expected = session.run(Feeds.of(images, rows), reference).values();
      float[] found = session.run(Feeds.of(images, rows), rewritten).values();
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void haveGradientsOfBothOrders(Case tested) {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(IMAGES));
      var filter = tf.constant(filter(tested));
      var function = function(tf, images, raw(tf, tested, images, filter));
      var output = GradientCase.sum(tf, tf.math.tanh(function.apply(images)));
      var first = Gradients.of(tf, output, images);
      var penalty = GradientCase.sum(tf, tf.math.square(tf.math.mul(images, first)));
      var second = Gradients.of(tf, penalty, images);
      for (var check :
          List.of(
              GradientCheck.atRandomPoint(tf, output, ImmutableMap.of(images, first), 1),
              GradientCheck.atRandomPoint(tf, penalty, ImmutableMap.of(images, second), 2))) {
        assertThat(check.passes()).as(check.toString()).isTrue();
      }
    }
  }

  @Test
  void transposedConvolutionsOfVolumesAreComputedInDoubles() {
    Shape shape = Shape.of(2, 2, 3, 2, 4);
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      var volumes = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      FloatArray kernel = random(Shape.of(2, 2, 3, 5, 4), 5);
      var filter = tf.reshape(tf.constant(kernel.values()), tf.constant(kernel.shape().toArray()));
      Operand<TFloat32> original =
          tf.scope()
              .opBuilder("Conv3DBackpropInputV2", "raw")
              .addInput(tf.constant(new int[] {2, 4, 6, 4, 5}).asOutput())
              .addInput(filter.asOutput())
              .addInput(volumes.asOutput())
              .setAttr("strides", new long[] {1, 2, 2, 2, 1})
              .setAttr("padding", "SAME")
              .build()
              .output(0);
      var rewritten = function(tf, volumes, original).apply(volumes);
      List<FloatArray> found =
          session.run(
              Feeds.of(volumes, random(shape, 1)),
              List.of(
                  original,
                  rewritten,
                  Gradients.of(tf, original, volumes),
                  Gradients.of(tf, rewritten, volumes)),
              List.of());
      assertThat(found.get(1).values()).containsExactly(found.get(0).values(), within(ROUNDING));
      assertThat(found.get(3).values()).containsExactly(found.get(2).values(), within(ROUNDING));
      assertThat(rewritten.op().type()).isEqualTo("Cast");
      var computed = ((GraphOperation) rewritten.op()).input(0);
      assertThat(computed.op().type()).isEqualTo("Conv3DBackpropInputV2");
      assertThat(computed.dataType()).isEqualTo(DataType.DT_DOUBLE);
    }
  }

  /** As other operations are. */
  @Test
  void whatCannotBeBuiltIsNamed() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      NodeDef node =
          NodeDef.newBuilder()
              .setName("up")
              .setOp("Conv2DBackpropInput")
              .putAttr("padding", Attributes.of("CUBIC"))
              .build();
      var operand = tf.constant(1).asOutput();
      assertThatThrownBy(
              () -> DifferentiableWindows.add(tf, node, List.of(operand, operand, operand)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("up (Conv2DBackpropInput) can't be applied to [[], [], []]: ");
    }
  }

  /** It says what is wrong. */
  @ParameterizedTest
  @CsvSource({"4, 4, 1", "2, 4, 4", "4, 1, 4", "1, 4, 4"})
  void damagedConvolutionsAreLeftToTensorFlow(int ofImages, int ofFilter, int strides) {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      NodeDef node = convolution(Collections.nCopies(strides, 1L)).build();
      List<Output<?>> inputs = List.of(ones(tf, ofImages), ones(tf, ofFilter));
      assertThat(DifferentiableWindows.add(tf, node, inputs)).isEmpty();
    }
  }

  /** What spreads it needs all sizes. */
  @Test
  void aDilatedColumnOfAnyNumberOfChannelsStays() {
    try (GraphSession session = GraphSession.open()) {
      Ops tf = session.ops();
      NodeDef node =
          convolution(List.of(1L, 1L, 1L, 1L))
              .putAttr("dilations", numbers(List.of(1L, 2L, 1L, 1L)))
              .build();
      var images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 9, 1, -1)));
      var filter = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(3, 1, -1, 4)));
      List<Output<?>> inputs = List.of(images.asOutput(), filter.asOutput());
      assertThat(DifferentiableWindows.add(tf, node, inputs)).isEmpty();
    }
  }

  private static NodeDef.Builder convolution(List<Long> strides) {
    return NodeDef.newBuilder()
        .setName("conv")
        .setOp("Conv2D")
        .putAttr("padding", Attributes.of("SAME"))
        .putAttr("strides", numbers(strides));
  }

  private static AttrValue numbers(List<Long> numbers) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllI(numbers))
        .build();
  }

  private static Output<?> ones(Ops tf, int rank) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(new long[rank]))).asOutput();
  }

  private static GraphFunction function(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> original) {
    return GraphFunction.create(
        tf.withSubScope("imported"),
        ((Graph) tf.scope().env()).toGraphDef(),
        TensorName.of(images.op().name()),
        TensorName.of(original.op().name()));
  }

  private static float[][][][] filter(Case tested) {
    float[] values = random(Shape.of(2, 3, 1, Math.max(1, tested.filters())), 5).values();
    float[][][][] filter = new float[2][3][1][Math.max(1, tested.filters())];
    int i = 0;
    for (float[][][] row : filter) {
      for (float[][] column : row) {
        for (int f = 0; f < column[0].length; f++) {
          column[0][f] = values[i++];
        }
      }
    }
    return filter;
  }

  private static FloatArray random(Shape shape, long seed) {
    int[] sizes = new int[shape.numDimensions()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape.get(i));
    }
    FloatArray array = FloatArray.zeros(sizes);
    DataRandom random = new DataRandom(seed);
    for (int i = 0; i < array.size(); i++) {
      array.values()[i] = (float) random.nextGaussian();
    }
    return array;
  }
}
