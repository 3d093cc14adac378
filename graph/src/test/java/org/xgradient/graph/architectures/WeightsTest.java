package org.xgradient.graph.architectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.network.Activation;
import org.xgradient.graph.network.ChannelFirst;
import org.xgradient.graph.network.Concatenation;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Dropout;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.PRelu;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Shift;
import org.xgradient.graph.network.Window;

class WeightsTest {

  private static final ImmutableIntArray SHAPE = ImmutableIntArray.of(4, 5, 2);

  /** conv 3x3, ReLU, flatten, dropout, linear, where all sizes differ. */
  private static final Network NETWORK =
      new Network(
          "net",
          SHAPE,
          Sequential.builder()
              .add(
                  "features",
                  Sequential.of(Conv2d.of(3, Window.of(2)), Activation.RELU, new Flatten()))
              .add("classifier", Sequential.of(new Dropout(0.5f), Dense.of(6), Dense.of(7)))
              .build());

  private static final ImmutableMap<String, FloatArray> PYTORCH =
      ImmutableMap.of(
          "module.features.0.weight", ChannelFirst.randomArray(1, 3, 2, 2, 2),
          "module.features.0.bias", ChannelFirst.randomArray(2, 3),
          "module.classifier.1.weight", ChannelFirst.randomArray(3, 6, 36),
          "module.classifier.1.bias", ChannelFirst.randomArray(4, 6),
          "module.classifier.2.weight", ChannelFirst.randomArray(5, 7, 6),
          "module.classifier.2.bias", ChannelFirst.randomArray(6, 7));

  @Test
  void computeWhatPyTorchComputes() {
    ChannelFirst image = ChannelFirst.random(2, 4, 5, 9);
    ChannelFirst features = image.convolve(get("features.0.weight"), 1, 0);
    double[] flat = features.flat().clone();
    int places = flat.length / 3;
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Math.max(0, flat[i] + get("features.0.bias").values()[i / places]);
    }
    double[] hidden = linear(flat, get("classifier.1.weight"), get("classifier.1.bias"));
    double[] logits = linear(hidden, get("classifier.2.weight"), get("classifier.2.bias"));
    var mapped = Weights.pytorch().map(NETWORK, PYTORCH);
    // Sums of 36 and 6 products, values up to some 100.
    assertThat(image.through(NETWORK.layers(), mapped)).containsExactly(logits, within(1e-3));
  }

  @Test
  void reorderSlopesThatFollowAFlattenedImage() {
    Network network =
        new Network("net", SHAPE, Sequential.of(new Flatten(), new PRelu(0), Dense.of(1)));
    FloatArray slopes = FloatArray.zeros(40);
    // channel 1, row 2, column 3
    slopes.values()[1 * 20 + 2 * 5 + 3] = 1;
    var mapped =
        Weights.pytorch()
            .map(
                network,
                Map.of(
                    "1.weight",
                    slopes,
                    "2.weight",
                    FloatArray.zeros(1, 40),
                    "2.bias",
                    FloatArray.zeros(1)));
    FloatArray expected = FloatArray.zeros(40);
    expected.values()[2 * 10 + 3 * 2 + 1] = 1;
    assertThat(mapped).containsEntry("1.weight", expected);
  }

  /** Slopes and weights after a flattened image included. */
  @Test
  void goBackToTheLayoutTheyCameFrom() {
    assertThat(Weights.pytorch().arrays(NETWORK, Weights.pytorch().map(NETWORK, PYTORCH)))
        .isEqualTo(withoutModule());
    Network slopes =
        new Network("net", SHAPE, Sequential.of(new Flatten(), new PRelu(0), Dense.of(3)));
    Map<String, FloatArray> arrays =
        Map.of(
            "1.weight",
            ChannelFirst.randomArray(1, 40),
            "2.weight",
            ChannelFirst.randomArray(2, 3, 40),
            "2.bias",
            ChannelFirst.randomArray(3, 3));
    assertThat(Weights.pytorch().arrays(slopes, Weights.pytorch().map(slopes, arrays)))
        .isEqualTo(arrays);
  }

  private static Map<String, FloatArray> withoutModule() {
    Map<String, FloatArray> arrays = new HashMap<>();
    PYTORCH.forEach((name, array) -> arrays.put(name.replace("module.", ""), array));
    return arrays;
  }

  /** Gradients of some of the parameters are enough. */
  @Test
  void goBackForSomeParametersAndForNoOthers() {
    FloatArray gradient = ChannelFirst.randomArray(1, 6, 7);
    assertThat(Weights.ours().arrays(NETWORK, Map.of("classifier.2.weight", gradient)))
        .containsExactly(Map.entry("classifier.2.weight", gradient));
    FloatArray back =
        Objects.requireNonNull(
            Weights.pytorch()
                .arrays(NETWORK, Map.of("classifier.2.weight", gradient))
                .get("classifier.2.weight"));
    assertThat(back.shape()).isEqualTo(ImmutableIntArray.of(7, 6));
    assertThat(back.values()[5]).isEqualTo(gradient.values()[5 * 7]);
    assertThatThrownBy(() -> Weights.pytorch().arrays(NETWORK, Map.of("fc.weight", gradient)))
        .hasMessage("net has no parameters named [fc.weight]");
    assertThatThrownBy(
            () -> Weights.pytorch().arrays(NETWORK, Map.of("classifier.1.weight", gradient)))
        .hasMessage("classifier.1.weight must be of shape [36, 6], found [6, 7]");
  }

  @Test
  void leaveOurLayoutAlone() {
    FloatArray weight = ChannelFirst.randomArray(1, 2, 2, 2, 3);
    Map<String, FloatArray> ours = new HashMap<>();
    NETWORK
        .parameters()
        .forEach(spec -> ours.put(spec.name(), FloatArray.zeros(spec.shape().toArray())));
    ours.put("features.0.weight", weight);
    assertThat(Weights.ours().map(NETWORK, ours)).isEqualTo(ours);
  }

  @Test
  void giveAnXNetworkTheWeightsWithoutTheBiases() {
    Network x = NETWORK.withoutBiases();
    assertThat(Weights.pytorch().withoutBiases().map(x, PYTORCH).keySet())
        .containsExactly("features.0.weight", "classifier.1.weight", "classifier.2.weight");
    assertThatThrownBy(() -> Weights.pytorch().map(x, PYTORCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weights don't fit x-net: features.0.bias of shape [3] is unexpected;"
                + " classifier.1.bias of shape [6] is unexpected;"
                + " classifier.2.bias of shape [7] is unexpected");
  }

  @Test
  void understandTheNamesOfBiasesAndParallelParts() {
    Network network =
        new Network(
            "net",
            ImmutableIntArray.of(1),
            Sequential.builder()
                .add("features", Sequential.of(Dense.of(1)))
                .add("fc_1", Dense.of(1))
                .add("bias2", new Shift())
                .build());
    FloatArray one = FloatArray.of(new float[] {1}, 1, 1);
    Map<String, FloatArray> arrays =
        Map.of(
            "features.module.0.weight", one,
            "features.module.0.bias", FloatArray.zeros(1),
            "fc_1_W", one,
            "fc_1_b", FloatArray.zeros(1),
            "bias2", FloatArray.zeros(1));
    assertThat(Weights.pytorch().map(network, arrays).keySet())
        .containsExactly(
            "features.0.weight", "features.0.bias", "fc_1.weight", "fc_1.bias", "bias2");
    assertThat(Weights.pytorch().withoutBiases().map(network.withoutBiases(), arrays).keySet())
        .containsExactly("features.0.weight", "fc_1.weight");
  }

  /** As a wrapper for several devices, a compiler and a training program put them, in any order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.",
        "net.",
        "_orig_mod.",
        "module._orig_mod.",
        "_orig_mod.module.model.",
        "model._orig_mod.",
        "model.net.module."
      })
  void findParametersBehindWhatHoldsThem(String holder) {
    Map<String, FloatArray> held = new HashMap<>();
    withoutModule().forEach((name, array) -> held.put(holder + name, array));
    assertThat(Weights.pytorch().map(NETWORK, held))
        .isEqualTo(Weights.pytorch().map(NETWORK, PYTORCH));
    assertThat(Weights.pytorch().areNamedAs(NETWORK, held)).isTrue();
    assertThat(Weights.pytorch().areNamedAs(NETWORK.withoutBiases(), held)).isFalse();
    held.put(holder + "loss.weight", FloatArray.zeros(2));
    assertThatThrownBy(() -> Weights.pytorch().map(NETWORK, held))
        .hasMessage("the weights don't fit net: loss.weight of shape [2] is unexpected");
  }

  @Test
  void findPartsThatAreNamedAsAHolder() {
    Network network =
        new Network(
            "net",
            ImmutableIntArray.of(1),
            Sequential.builder()
                .add("model", Sequential.of(Dense.of(1).withoutBiases()))
                .add("head", Dense.of(1).withoutBiases())
                .build());
    FloatArray one = FloatArray.of(new float[] {1}, 1, 1);
    assertThat(
            Weights.pytorch()
                .map(network, Map.of("net.model.0.weight", one, "net.head.weight", one))
                .keySet())
        .containsExactly("model.0.weight", "head.weight");
  }

  @Test
  void areAllThatANetworkIsBuiltFrom() {
    Map<String, FloatArray> mapped = new HashMap<>(Weights.pytorch().map(NETWORK, PYTORCH));
    try (GraphSession session = GraphSession.open()) {
      for (Parameter parameter : NETWORK.build(session, mapped).parameters()) {
        assertThat(mapped).containsEntry(parameter.name(), parameter.read(session));
      }
      mapped.remove("features.0.bias");
      assertThatThrownBy(() -> NETWORK.build(session, mapped))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("net needs weights for [features.0.weight, features.0.bias, ");
    }
  }

  @Test
  void nameEverythingThatDoesNotFit() {
    Map<String, FloatArray> arrays = new HashMap<>(PYTORCH);
    arrays.remove("module.classifier.2.weight");
    arrays.put("module.features.0.weight", FloatArray.zeros(3, 2, 2, 5));
    arrays.put("module.features.9.weight", FloatArray.zeros(8));
    assertThatThrownBy(() -> Weights.pytorch().map(NETWORK, arrays))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weights don't fit net:"
                + " features.0.weight must be of shape [3, 2, 2, 2], found [3, 2, 2, 5];"
                + " classifier.2.weight of shape [7, 6] is missing;"
                + " features.9.weight of shape [8] is unexpected");
    assertThatThrownBy(
            () ->
                Weights.pytorch()
                    .map(
                        NETWORK,
                        Map.of(
                            "a.bias", FloatArray.zeros(1), "module.a.bias", FloatArray.zeros(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are two arrays for the name 'a.bias'");
  }

  @Test
  void nameTheFirstOfManyThingsThatDoNotFit() {
    assertThatThrownBy(() -> Weights.pytorch().map(Networks.alexNet(10), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the weights don't fit alexnet: features.0.weight of shape [64, 3, 11, 11] is missing;")
        .hasMessageEndingWith("features.8.weight of shape [256, 384, 3, 3] is missing; and 9 more");
  }

  @Test
  void refuseWhatCannotBeReordered() {
    Network network =
        new Network(
            "net",
            SHAPE,
            Sequential.of(
                Concatenation.of(Sequential.of(new Flatten()), Sequential.of(new Flatten())),
                Dense.of(1)));
    assertThatThrownBy(() -> Weights.pytorch().map(network, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the order of weights after '0' can't be translated, because it joins a flattened image"
                + " with other values; put a Dense layer before it");
  }

  private static FloatArray get(String name) {
    FloatArray array = PYTORCH.get("module." + name);
    if (array == null) {
      throw new AssertionError(name);
    }
    return array;
  }

  /** W x + b with W of shape [units, inputs]. */
  private static double[] linear(double[] inputs, FloatArray weight, FloatArray bias) {
    double[] outputs = new double[bias.size()];
    for (int unit = 0; unit < outputs.length; unit++) {
      outputs[unit] = bias.values()[unit];
      for (int i = 0; i < inputs.length; i++) {
        outputs[unit] += weight.values()[unit * inputs.length + i] * inputs[i];
      }
    }
    return outputs;
  }
}
