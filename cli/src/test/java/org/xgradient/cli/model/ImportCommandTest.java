package org.xgradient.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.xgradient.cli.Commands.run;

import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xgradient.cli.Commands.Outcome;
import org.xgradient.cli.ImageInputs;
import org.xgradient.data.Checksums;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.ChannelOrder;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.image.Resize;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.architectures.Weights;
import org.xgradient.graph.network.Network;
import org.xgradient.training.image.ImageModel;

/** {@code import} of small networks with random weights. */
class ImportCommandTest {

  private static final float ROUNDING = 1e-5f;
  private static final int SIDE = 12;

  @TempDir private Path folder;
  private Path weights;
  private Path classes;
  private Map<String, FloatArray> arrays;

  @BeforeEach
  void writeFiles() throws IOException {
    arrays = ImageInputs.pytorchWeights(Networks.smallConvNet(SIDE, 3, 3), 0.5, 4);
    weights = folder.resolve("weights.safetensors");
    Safetensors.write(weights, ImageInputs.inModule(arrays));
    classes = Files.write(folder.resolve("classes.csv"), List.of("name", "disc", "bar", "plus"));
  }

  @ParameterizedTest
  @CsvSource({"convnet", "x-convnet"})
  void makesAModelOfOthersWeights(String name) {
    Path out = folder.resolve("model");
    assertThat(
            importing(
                name,
                weights,
                out,
                "--resize square --resize-to 16 --channels bgr --scale 255"
                    + " --mean 100,110,120 --deviation 50,60,70"))
        .isEqualTo(new Outcome(0, ""));

    boolean biases = name.equals("convnet");
    Network regular = Networks.smallConvNet(SIDE, 3, 3);
    Network network = biases ? regular : regular.withoutBiases();
    Weights mapping = biases ? Weights.pytorch() : Weights.pytorch().withoutBiases();
    FloatArray images = images();
    try (ImageModel model = ImageModel.load(out);
        GraphSession session = GraphSession.open()) {
      var built = network.build(session, mapping.map(network, arrays));
      assertThat(model.predict(images).logits().values())
          .containsExactly(Predictor.of(built).logits(images).values(), within(ROUNDING));
      assertThat(model.classes().names()).containsExactly("disc", "bar", "plus");
      assertThat(model.preprocessing())
          .isEqualTo(
              new ImagePreprocessing(
                  Resize.SQUARE,
                  16,
                  SIDE,
                  ChannelOrder.BGR,
                  255,
                  ImmutableDoubleArray.of(100, 110, 120),
                  ImmutableDoubleArray.of(50, 60, 70)));
      assertThat(model.info().provenance().facts())
          .containsEntry("network", name)
          .containsEntry("weights SHA-256", Checksums.sha256(weights));
    }
    assertThat(run("check", "--model", out).code()).isEqualTo(biases ? 3 : 0);
  }

  private Outcome importing(String network, Path from, Path out, String more) {
    List<String> arguments = new ArrayList<>(List.of("import", "--image-size", "" + SIDE));
    arguments.addAll(List.of("--network", network, "--weights", from.toString()));
    arguments.addAll(List.of("--classes", classes.toString(), "--out", out.toString()));
    Stream.of(more.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
    return run(arguments);
  }

  private static FloatArray images() {
    FloatArray images = FloatArray.zeros(3, SIDE, SIDE, 3);
    DataRandom random = new DataRandom(2);
    for (int i = 0; i < images.size(); i++) {
      images.values()[i] = (float) random.nextGaussian();
    }
    return images;
  }

  /** The same network from the weights of a model directory, which are in our layout. */
  @Test
  void takesTheWeightsOfAModelDirectory() {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(importing("convnet", weights, first, "").code()).isZero();
    Path ours = first.resolve(ImageModel.WEIGHTS);
    assertThat(importing("x-convnet", ours, second, "")).isEqualTo(new Outcome(0, ""));
    Path direct = folder.resolve("direct");
    assertThat(importing("x-convnet", weights, direct, "").code()).isZero();
    assertThat(Safetensors.read(second.resolve(ImageModel.WEIGHTS)))
        .isEqualTo(Safetensors.read(direct.resolve(ImageModel.WEIGHTS)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--network lenet --weights WEIGHTS | the network must be one of alexnet, vgg16,",
        "--network convnet --weights none.npz --classes CLASSES | none.npz",
        "--network convnet --weights CLASSES --classes CLASSES | weights must be a file *.npz,",
        "--network convnet --weights WEIGHTS --classes CLASSES | fc1.weight must be of shape [64, 256], found [64, 16]",
        "--network convnet --weights WEIGHTS --image-size 12 | fc2.weight must be of shape [1000, 64], found [3, 64]",
        "--network alexnet --weights WEIGHTS --classes CLASSES | features.0.weight of shape [64, 3, 11, 11] is missing",
        "--network alexnet --weights WEIGHTS --image-size 100 | alexnet takes images of side 224, found 100",
        "--network squeezenet --weights WEIGHTS --classes CLASSES | squeezenet has 1000 classes, found 3",
        "--network convnet --weights TORN --classes CLASSES | torn.safetensors",
        "--network convnet --weights CODE --classes CLASSES | code.pth",
        "--network convnet --image-size 4 --weights WEIGHTS | the side must be at least 8, found 4",
        "--network convnet --weights WEIGHTS --mean 1,2 | --mean must be three numbers separated by commas",
        "--network convnet --weights WEIGHTS --deviation 1,0,1 | deviation must be three finite numbers above 0",
        "--network convnet --weights WEIGHTS --resize-to 20 | crop must be from 1 to the side 20, found 32",
        "--network convnet --weights WEIGHTS --channels gbr | gbr",
        "--network convnet | --network needs trained weights; give them with --weights FILE",
        "--weights WEIGHTS | a network must be named with --network NAME",
        "--network convnet,x-convnet --weights WEIGHTS | --network must name one network, found 2",
      })
  void reportsBadInputInOneLine(String arguments, String expected) throws IOException {
    byte[] whole = Files.readAllBytes(weights);
    Path torn = folder.resolve("torn.safetensors");
    Files.write(torn, Arrays.copyOf(whole, whole.length - 1));
    Path code =
        Files.write(
            folder.resolve("code.pth"),
            "cposix\nsystem\n(S'x'\ntR.".getBytes(StandardCharsets.US_ASCII));
    Path out = folder.resolve("out");
    List<String> words =
        Stream.concat(Stream.of("import"), Stream.of(arguments.strip().split(" ")))
            .map(word -> word.equals("WEIGHTS") ? weights.toString() : word)
            .map(word -> word.equals("CLASSES") ? classes.toString() : word)
            .map(word -> word.equals("TORN") ? torn.toString() : word)
            .map(word -> word.equals("CODE") ? code.toString() : word)
            .toList();
    Outcome outcome =
        run(Stream.concat(words.stream(), Stream.of("--out", out.toString())).toList());
    assertThat(outcome.code()).isNotZero();
    assertThat(outcome.error().strip().lines()).hasSize(1);
    assertThat(outcome.error()).startsWith("xgradient: ").contains(expected);
    assertThat(out).doesNotExist();
  }
}
