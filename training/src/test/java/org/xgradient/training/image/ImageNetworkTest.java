package org.xgradient.training.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.network.Conv2d;
import org.xgradient.graph.network.Dense;
import org.xgradient.graph.network.Flatten;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.Sequential;
import org.xgradient.graph.network.Window;

class ImageNetworkTest {

  @TempDir private Path folder;

  /** The parameter counts of the published networks, and the sizes that they take. */
  @ParameterizedTest
  @CsvSource({
    "alexnet,         61100840, 224, true",
    "x-alexnet,       61090496, 224, false",
    "vgg16,          138357544, 224, true",
    "x-vgg16,        138344128, 224, false",
    "squeezenet,       1248424, 227, true",
    "x-squeezenet,     1244448, 227, false",
    "squeezenet1_0,    1248424, 224, true",
    "x-squeezenet1_1,  1231552, 224, false",
    "resnet18,        11684712, 224, true",
    "x-resnet50,      25502912, 224, false",
  })
  void findsThePublishedNetworks(String name, long parameters, int side, boolean biases) {
    ImageNetwork found = ImageNetwork.named(name, 1000);
    assertThat(found.network().name()).isEqualTo(name);
    assertThat(found.network().parameterCount()).isEqualTo(parameters);
    assertThat(found.network().hasBiases()).isEqualTo(biases);
    assertThat(found.preprocessing().crop()).isEqualTo(side);
    assertThat(ImageNetwork.named(name, 1000, side).preprocessing())
        .isEqualTo(found.preprocessing());
  }

  @ParameterizedTest
  @CsvSource({"18", "34", "50", "101", "152"})
  void findsFixupNetworksAndThoseOfThePaperWithoutScales(int depth) {
    String name = "fixup-resnet" + depth;
    Network regular = ImageNetwork.named(name, 10).network();
    Network variant = ImageNetwork.named("x-" + name, 10).network();
    assertThat(regular.name()).isEqualTo(name);
    assertThat(variant.name()).isEqualTo("x-" + name);
    assertThat(regular.parameters()).anyMatch(spec -> spec.name().endsWith("scale"));
    assertThat(variant.parameters()).noneMatch(spec -> spec.name().endsWith("scale"));
    assertThat(variant.hasBiases()).isFalse();
  }

  @Test
  void takesAnySizeForTheSmallNetworkOnly() {
    assertThat(ImageNetwork.named("x-convnet", 6, 28).network().inputShape())
        .isEqualTo(ImmutableIntArray.of(28, 28, 3));
    assertThat(ImageNetwork.named("convnet", 6).preprocessing())
        .isEqualTo(ImagePreprocessing.sizeOnly(32));
    assertThatThrownBy(() -> ImageNetwork.named("x-alexnet", 6, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "x-alexnet takes images of side 224, found 128; of all networks only convnet takes any");
    assertThatThrownBy(() -> ImageNetwork.named("lenet", 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the network must be one of alexnet, vgg16, squeezenet,")
        .hasMessageEndingWith(", found lenet");
    assertThatThrownBy(() -> ImageNetwork.named("squeezenet", 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("squeezenet has 1000 classes, found 6 names of classes; give a name for each");
    assertThatThrownBy(
            () ->
                ImageNetwork.named("convnet", 6).withPreprocessing(ImagePreprocessing.sizeOnly(28)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "convnet takes images of shape [32, 32, 3], found a preprocessing that makes"
                + " [28, 28, 3]; change its crop");
  }

  /** Every shape is the same in both layouts, so that only the mark tells them apart. */
  @Test
  void tellsOurWeightsFromThoseOfPyTorch() {
    Network network =
        new Network(
            "net",
            ImmutableIntArray.of(1, 1, 3),
            Sequential.builder()
                .add("conv", Conv2d.of(3, Window.of(3).withPadding(1)).withoutBiases())
                .add("flatten", new Flatten())
                .add("fc", Dense.of(3).withoutBiases())
                .build());
    Map<String, FloatArray> ours =
        ImmutableMap.of("conv.weight", counting(3, 3, 3, 3), "fc.weight", counting(3, 3));
    Path marked = folder.resolve("ours.safetensors");
    WeightFiles.write(marked, "net", ours);
    assertThat(WeightFiles.read(marked, network)).isEqualTo(ours);

    Path unmarked = folder.resolve("theirs.safetensors");
    Safetensors.write(unmarked, NamedArrays.of(ours));
    float[] counted = counting(3, 3, 3, 3).values();
    // [filters, channels, height, width] to [height, width, channels, filters]
    assertThat(WeightFiles.read(unmarked, network))
        .hasEntrySatisfying(
            "conv.weight",
            weight ->
                assertThat(weight.values()[0 * 27 + 1 * 9 + 2 * 3 + 1])
                    .isEqualTo(counted[1 * 27 + 2 * 9 + 0 * 3 + 1]));

    Path other = folder.resolve("other.safetensors");
    Safetensors.write(other, NamedArrays.of(ours).withMetadata(ImmutableMap.of("layout", "IHWO")));
    assertThatThrownBy(() -> WeightFiles.read(other, network))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "must have the layout \"xgradient: height, width, inputs, outputs\" or none, found"
                + " \"IHWO\"");
  }

  private static FloatArray counting(int... shape) {
    FloatArray array = FloatArray.zeros(shape);
    for (int i = 0; i < array.size(); i++) {
      array.values()[i] = i;
    }
    return array;
  }

  /** The shapes of alexnet and the names of another network, as in files of the wrong one. */
  @ParameterizedTest
  @CsvSource({
    "squeezenet, squeezenet1_0",
    "x-squeezenet1_0, squeezenet1_1",
    "alexnet, vgg16",
    "fixup-resnet18, resnet18",
  })
  void saysWhoseWeightsTheyAre(String asked, String found) {
    Network other = ImageNetwork.named(found, 1000).network();
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    other.parameters().forEach(spec -> arrays.put("module." + spec.name(), FloatArray.zeros(1)));
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, NamedArrays.of(arrays));
    ImageNetwork network = ImageNetwork.named(asked, 1000);
    assertThatThrownBy(() -> network.weights(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weights in %s have the names of %s, which is another network than %s",
            file, found, asked);
    ImageNetwork variant = ImageNetwork.named("x-" + found, 1000);
    assertThatThrownBy(() -> variant.weights(file)).message().doesNotContain("another network");
  }

  /** One index and two files, with the names that a compiled network in a trainer has. */
  @Test
  void readsWeightsInSeveralFiles() throws IOException {
    Network network =
        new Network(
            "net",
            ImmutableIntArray.of(1, 1, 2),
            Sequential.builder()
                .add("conv", Conv2d.of(2, Window.of(1)))
                .add("flatten", new Flatten())
                .add("fc", Dense.of(1))
                .build());
    Safetensors.write(
        folder.resolve("model-1-of-2.safetensors"),
        NamedArrays.of(
            ImmutableMap.of(
                "model._orig_mod.conv.weight", counting(2, 2, 1, 1),
                "model._orig_mod.conv.bias", counting(2))));
    Safetensors.write(
        folder.resolve("model-2-of-2.safetensors"),
        NamedArrays.of(
            ImmutableMap.of(
                "model._orig_mod.fc.weight", counting(1, 2),
                "model._orig_mod.fc.bias", counting(1))));
    Path index =
        Files.writeString(
            folder.resolve("model.safetensors.index.json"),
            """
            {"metadata": {"total_size": 36}, "weight_map": {
              "model._orig_mod.conv.weight": "model-1-of-2.safetensors",
              "model._orig_mod.conv.bias": "model-1-of-2.safetensors",
              "model._orig_mod.fc.weight": "model-2-of-2.safetensors",
              "model._orig_mod.fc.bias": "model-2-of-2.safetensors"}}
            """);
    assertThat(WeightFiles.read(index, network))
        .containsEntry("conv.bias", counting(2))
        .containsEntry("conv.weight", FloatArray.of(new float[] {0, 2, 1, 3}, 1, 1, 2, 2))
        .containsEntry("fc.weight", FloatArray.of(new float[] {0, 1}, 2, 1));
  }

  @Test
  void refusesFilesThatAreNoWeights() throws IOException {
    Network network = ImageNetwork.named("convnet", 6).network();
    Path text = Files.writeString(folder.resolve("weights.h5"), "no");
    assertThatThrownBy(() -> WeightFiles.read(text, network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "weights must be a file *.npz, *.safetensors, *.safetensors.index.json, ");
    assertThatThrownBy(() -> WeightFiles.read(folder.resolve("none.npz"), network))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.npz");
  }
}
