package org.xgradient.training.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataException;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.training.table.TableModel;

class ImageModelTest {

  private static final float ROUNDING = 1e-5f;
  private static final int SIDE = 12;
  private static final ClassNames CLASSES =
      new ClassNames(ImmutableList.of("disc", "bar, \"long\"", "plus"));

  @TempDir private Path folder;
  private Path directory;
  private FloatArray images;
  private FloatArray logits;

  @BeforeEach
  void write() throws IOException {
    directory = folder.resolve("model");
    images = FloatArray.zeros(4, SIDE, SIDE, 3);
    DataRandom random = new DataRandom(1);
    for (int i = 0; i < images.size(); i++) {
      images.values()[i] = (float) random.nextDouble();
    }
    logits = write("x-convnet");
  }

  private FloatArray write(String name) throws IOException {
    ImageNetwork image = ImageNetwork.named(name, 3, SIDE);
    try (GraphSession session = GraphSession.open()) {
      var model = image.network().build(session, 5);
      ImageModel.write(
          directory,
          model,
          image.network().hasBiases() ? IntegratedGradients.withDefaults() : new XGradient(),
          ImageModelInfo.of(
              image.network(),
              image.preprocessing(),
              CLASSES,
              Provenance.ofThisProcess().with("seed", 5)));
      return Predictor.of(model).logits(images);
    }
  }

  @Test
  void predictsAsBeforeAndNamesTheClasses() {
    try (ImageModel model = ImageModel.load(directory)) {
      ImagePredictions predictions = model.predict(images);
      assertThat(predictions.logits().values()).containsExactly(logits.values(), within(ROUNDING));
      assertThat(predictions.images()).isEqualTo(4);
      for (int image = 0; image < 4; image++) {
        float[] row = logits.rows(image, image + 1).values();
        List<RankedClass> top = predictions.top(image, 3);
        assertThat(top.stream().mapToDouble(RankedClass::probability).sum())
            .isCloseTo(1, within(1e-6));
        for (int rank = 0; rank < 3; rank++) {
          RankedClass found = top.get(rank);
          assertThat(found.name()).isEqualTo(CLASSES.names().get(found.index()));
          double odds = Math.exp(row[found.index()] - row[top.get(0).index()]);
          assertThat(found.probability()).isCloseTo(odds * top.get(0).probability(), within(1e-6));
          assertThat(rank == 0 || row[top.get(rank - 1).index()] >= row[found.index()]).isTrue();
        }
      }
      assertThat(model.info())
          .isEqualTo(
              new ImageModelInfo(
                  "x-convnet",
                  false,
                  ImagePreprocessing.sizeOnly(SIDE),
                  CLASSES,
                  model.info().provenance()));
      assertThat(model.info().provenance().facts()).containsEntry("seed", "5");
      assertThat(ImageModel.info(directory)).isEqualTo(model.info());
    }
  }

  @Test
  void attributionsAddUpToTheLogitOfThePredictedClass() {
    try (ImageModel model = ImageModel.load(directory)) {
      Attributions attributions = Attributor.of(model, new XGradient()).attribute(images);
      for (int image = 0; image < 4; image++) {
        double sum = 0;
        for (float value : attributions.values().rows(image, image + 1).values()) {
          sum += value;
        }
        float[] row = logits.rows(image, image + 1).values();
        assertThat(sum)
            .isCloseTo(Math.max(row[0], Math.max(row[1], row[2])), within((double) ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"convnet", "x-convnet"})
  void itsWeightsBuildTheNetworkAgain(String name) throws IOException {
    logits = write(name);
    ImageNetwork image = ImageNetwork.named(name, 3, SIDE);
    assertLogitsOf(image, directory);

    // What was loaded has lost its layers, but not the names of its parameters.
    Path again = folder.resolve("again");
    try (ImageModel model = ImageModel.load(directory)) {
      ImageModel.write(
          again,
          model,
          IntegratedGradients.withDefaults(),
          model.info().withProvenance(Provenance.ofThisProcess()));
    }
    assertLogitsOf(image, again);
  }

  private void assertLogitsOf(ImageNetwork image, Path model) {
    try (GraphSession session = GraphSession.open()) {
      var weights = image.weights(model.resolve(ImageModel.WEIGHTS));
      var built = image.network().build(session, weights);
      assertThat(Predictor.of(built).logits(images).values())
          .containsExactly(logits.values(), within(ROUNDING));
    }
  }

  @Test
  void saysWhatIsWrongWithADirectory() throws IOException {
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be of a model of tables, found 'image'");

    Path weights = directory.resolve(ImageModel.WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThatThrownBy(() -> ImageModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("weights.safetensors is damaged");
    Files.delete(weights);
    assertThatThrownBy(() -> ImageModel.info(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("weights.safetensors is missing");
    assertThatThrownBy(() -> ImageModel.load(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be a model directory with a file model.json, found none");
  }

  @Test
  void refusesInformationThatDoesNotFitTheModel() {
    var network = Networks.smallConvNet(SIDE, 3, 3).withoutBiases();
    var provenance = Provenance.ofThisProcess();
    Path out = folder.resolve("out");
    try (GraphSession session = GraphSession.open()) {
      var model = network.build(session, 1);
      assertThatThrownBy(
              () ->
                  ImageModel.write(
                      out,
                      model,
                      new XGradient(),
                      ImageModelInfo.of(
                          network, ImagePreprocessing.sizeOnly(16), CLASSES, provenance)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "x-convnet takes images of shape [12, 12, 3], found a preprocessing that makes"
                  + " [16, 16, 3]");
      assertThatThrownBy(
              () ->
                  ImageModel.write(
                      out,
                      model,
                      new XGradient(),
                      ImageModelInfo.of(
                          network,
                          ImagePreprocessing.sizeOnly(SIDE),
                          ClassNames.numbered(2),
                          provenance)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("x-convnet has 3 classes, found 2 names of classes; give a name for each");
    }
    assertThatThrownBy(
            () ->
                ImageModelInfo.of(
                    network, ImagePreprocessing.sizeOnly(SIDE), ClassNames.numbered(1), provenance))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be at least two classes, found [class 0]");
    assertThat(out).doesNotExist();
  }

  @Test
  void marksTheLayoutOfItsWeights() {
    NamedArrays arrays = Safetensors.read(directory.resolve(ImageModel.WEIGHTS));
    assertThat(arrays.get("conv1.weight").shape().toArray()).containsExactly(3, 3, 3, 8);
    assertThat(arrays.metadata())
        .containsEntry("layout", "xgradient: height, width, inputs, outputs")
        .containsEntry("network", "x-convnet");
  }
}
