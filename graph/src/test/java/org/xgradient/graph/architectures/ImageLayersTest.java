package org.xgradient.graph.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Parameter.Role;
import org.xgradient.graph.network.AdaptiveAveragePool2d;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.GlobalAveragePool;
import org.xgradient.graph.network.Layer;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.ParameterSpec;
import org.xgradient.graph.network.Pool2d;
import org.xgradient.graph.network.Residual;
import org.xgradient.graph.network.Scale;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Shift;
import org.xgradient.graph.network.Window;
import org.xgradient.graph.network.ZeroPadding2d;

/** What the image layers compute, against plain loops by PyTorch's definitions. */
class ImageLayersTest {

  /** Sums of some 75 products of numbers of the order of 1, in float32. */
  private static final double ROUNDING = 2e-5;

  private static final ChannelFirst IMAGE = ChannelFirst.random(3, 7, 8, 1);
  private static final ImmutableIntArray SHAPE = ImmutableIntArray.of(7, 8, 3);

  @ParameterizedTest
  @CsvSource({"3,3,1,0", "3,3,1,1", "3,3,2,1", "2,3,1,1", "5,5,4,2", "1,1,2,0", "1,1,1,1"})
  void convolutionsPadAsPyTorchDoes(int height, int width, int stride, int padding) {
    FloatArray kernel = ChannelFirst.randomArray(2, 4, 3, height, width);
    Layer layer = Conv2d.of(4, new Window(height, width, stride, padding)).withoutBiases();
    FloatArray ours = AxisOrder.permuted(kernel, 2, 3, 1, 0);
    assertThat(IMAGE.through(layer, Map.of("weight", ours)))
        .containsExactly(IMAGE.convolve(kernel, stride, padding).channelLast(), within(ROUNDING));
  }

  @Test
  void convolutionsAddABiasToEachFilter() {
    var weights =
        Map.of(
            "weight", FloatArray.zeros(1, 1, 3, 2),
            "bias", FloatArray.of(new float[] {4, -5}, 2));
    assertThat(IMAGE.through(Conv2d.of(2, Window.of(1)), weights))
        .hasSize(7 * 8 * 2)
        .startsWith(4, -5, 4, -5);
  }

  @ParameterizedTest
  @CsvSource({"2,2,2,0", "3,3,2,0", "3,3,2,1", "3,2,1,1", "5,5,3,2"})
  void poolingPadsAsPyTorchDoes(int height, int width, int stride, int padding) {
    Window window = new Window(height, width, stride, padding);
    // All negative, then all positive: zeros as padding would win.
    ChannelFirst negative = IMAGE.map(value -> -1 - Math.abs(value));
    assertThat(negative.through(Pool2d.max(window), Map.of()))
        .containsExactly(negative.pool(window, ChannelFirst::max).channelLast());
    ChannelFirst positive = IMAGE.map(value -> 1 + Math.abs(value));
    assertThat(positive.through(Pool2d.min(window), Map.of()))
        .containsExactly(positive.pool(window, ChannelFirst::min).channelLast());
    assertThat(IMAGE.through(Pool2d.average(window), Map.of()))
        .containsExactly(IMAGE.pool(window, ChannelFirst::mean).channelLast(), within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({"7,8", "7,4", "1,1", "2,3", "6,5", "9,16"})
  void adaptivePoolingChoosesPyTorchsWindows(int height, int width) {
    assertThat(IMAGE.through(new AdaptiveAveragePool2d(height, width), Map.of()))
        .containsExactly(IMAGE.adaptiveAverage(height, width).channelLast(), within(ROUNDING));
  }

  @Test
  void globalPoolingLeavesTheChannels() {
    assertThat(IMAGE.through(new GlobalAveragePool(), Map.of()))
        .containsExactly(IMAGE.adaptiveAverage(1, 1).flat(), within(ROUNDING));
  }

  @Test
  void zeroPaddingKnowsItsSides() {
    ChannelFirst pixel = new ChannelFirst(1, 1, 1, new double[] {5});
    assertThat(pixel.through(new ZeroPadding2d(1, 0, 2, 1), Map.of()))
        .containsExactly(0, 0, 0, 0, 0, 0, 5, 0);
    assertThat(ZeroPadding2d.of(2).outputShape(SHAPE)).isEqualTo(ImmutableIntArray.of(11, 12, 3));
  }

  @Test
  void residualsAddTheirPaths() {
    Sequential main = Sequential.builder().add("scale", new Scale()).build();
    Sequential shortcut = Sequential.builder().add("shift", new Shift()).build();
    double[] image = IMAGE.channelLast();
    assertThat(
            IMAGE.through(
                new Residual(main, shortcut), Map.of("scale", scalar(3), "shift", scalar(0.5f))))
        .containsExactly(Arrays.stream(image).map(x -> 3 * x + x + 0.5).toArray(), within(1e-5));
    assertThat(IMAGE.through(Residual.of(main), Map.of("scale", scalar(3))))
        .containsExactly(Arrays.stream(image).map(x -> 4 * x).toArray(), within(1e-5));
  }

  @Test
  void concatenationsJoinChannels() {
    ChannelFirst pixels = new ChannelFirst(1, 1, 2, new double[] {5, 7});
    Layer layer =
        Concatenation.of(Sequential.of(), Sequential.builder().add("scale", new Scale()).build());
    assertThat(pixels.through(layer, Map.of("scale", scalar(-1)))).containsExactly(5, -5, 7, -7);
    assertThat(layer.outputShape(SHAPE)).isEqualTo(ImmutableIntArray.of(7, 8, 6));
  }

  @Test
  void scalarsCarryTheNameOfTheirLayer() {
    Sequential block =
        Sequential.builder().add("bias1a", new Shift()).add("scale", new Scale()).build();
    Sequential layers =
        Sequential.builder().add("layer1", Sequential.of(block)).add("pool", new Flatten()).build();
    Network network = new Network("names", ImmutableIntArray.of(1, 1, 1), layers);
    assertThat(network.parameters().stream().map(ParameterSpec::name))
        .containsExactly("layer1.0.bias1a", "layer1.0.scale");
    assertThat(network.withoutBiases().parameters())
        .singleElement()
        .satisfies(parameter -> assertThat(parameter.role()).isEqualTo(Role.SCALE));
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        () -> Window.of(3).withDilation(2),
        "the dilation must be 1, found 2: TensorFlow's gradient of a dilated convolution ignores"
            + " the dilation; use a larger window with zeros between the weights");
    assertRefused(
        () -> Window.of(0), "height and width of a window must be at least 1, found 0 and 0");
    assertRefused(() -> Window.of(2).withStride(0), "the stride must be at least 1, found 0");
    assertRefused(() -> Window.of(2).withPadding(-1), "the padding must be at least 0, found -1");
    assertRefused(
        () -> Conv2d.of(1, Window.of(9)).outputShape(SHAPE),
        "an image of shape [7, 8, 3] with a padding of 0 must be at least as large as the window,"
            + " found Window[height=9, width=9, stride=1, padding=0]");
    assertRefused(
        () -> Pool2d.max(Window.of(2).withPadding(2)),
        "the padding of a pooling window must be at most half its size, found Window[height=2,"
            + " width=2, stride=1, padding=2]");
    assertRefused(
        () -> new GlobalAveragePool().outputShape(ImmutableIntArray.of(4)),
        "the layer needs examples of shape [height, width, channels], found [4]");
    assertRefused(
        () -> Residual.of(Sequential.of(Conv2d.of(2, Window.of(1)))).outputShape(SHAPE),
        "the shortcut must give the shape of the main path, [7, 8, 2], found [7, 8, 3]");
    assertRefused(
        () ->
            Concatenation.of(Sequential.of(), Sequential.of(new GlobalAveragePool()))
                .outputShape(SHAPE),
        "branches must give the same shape but for the last dimension, found [7, 8, 3] and [3]");
    assertRefused(
        () ->
            new Network(
                "n", ImmutableIntArray.of(2), Sequential.builder().add("", new Shift()).build()),
        "a layer must have a name, for its parameter has none");
    Sequential twice =
        Sequential.builder()
            .add("a", new Shift())
            .add("", Sequential.builder().add("a", new Shift()).build())
            .build();
    assertRefused(
        () -> new Network("n", ImmutableIntArray.of(2), twice),
        "names of parameters must differ, found 'a' twice");
  }

  private static FloatArray scalar(float value) {
    return FloatArray.of(new float[] {value}, 1);
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
