package org.xgradient.benchmarks.campaign.damage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.XGradient;
import org.xgradient.benchmarks.campaign.harness.Sample;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreparation;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.graph.network.Network;
import org.xgradient.graph.network.NetworkModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.graph.savedmodel.SignatureSpec;
import org.xgradient.training.Checkpoint;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Adam;
import org.xgradient.training.table.TableModel;

/** Valid models, and the files in which their parts are described. */
final class ModelSamples {

  private ModelSamples() {}

  private static PreparedTable table(Path folder) throws IOException {
    Path file = Files.write(folder.resolve("table.csv"), Samples.csv().get(0).bytes("table.csv"));
    Table table = TableReader.withDefaults().read(file);
    return TablePreparation.withDefaults().prepare(table, "sick");
  }

  /** A model directory of a table. */
  static ImmutableList<Sample> directories(Path folder) throws IOException {
    PreparedTable table = table(folder);
    Path directory = folder.resolve("model");
    try (GraphSession session = GraphSession.open()) {
      Network network = Networks.mlp(table.dataset().inputShape().get(0), 1, 4).withoutBiases();
      TableModel.write(
          directory,
          network.build(session, 1),
          new XGradient(),
          table.preprocessing(),
          table.labels(),
          new Provenance(ImmutableMap.of("seed", "1")));
    }
    return ImmutableList.of(Sample.read(directory));
  }

  /** A dense network and a convolutional one, as from elsewhere: without checksums. */
  static ImmutableList<Sample> savedModels(Path folder) throws IOException {
    ImmutableList.Builder<Sample> samples = ImmutableList.builder();
    for (Network network : List.of(Networks.mlp(5, 3, 8), Networks.smallConvNet(12, 1, 3))) {
      Path directory = folder.resolve(network.name());
      try (GraphSession session = GraphSession.open()) {
        NetworkModel model = network.build(session, 1);
        long[] shape = new long[1 + model.inputShape().length()];
        shape[0] = -1;
        for (int i = 1; i < shape.length; i++) {
          shape[i] = model.inputShape().get(i - 1);
        }
        var inputs = session.ops().placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
        SavedModels.write(
            directory, session, List.of(SignatureSpec.serving(model.forward(inputs))));
      }
      Files.delete(directory.resolve(ChecksumManifest.FILE));
      samples.add(Sample.read(directory));
    }
    return samples.build();
  }

  /** Texts that say how data are prepared, and the state of a training. */
  static ImmutableList<Sample> configurations(Path folder) throws IOException {
    PreparedTable table = table(folder);
    Path checkpoint = folder.resolve("state.safetensors");
    try (GraphSession session = GraphSession.open()) {
      NetworkModel model =
          Networks.mlp(table.dataset().inputShape().get(0), 1, 4).build(session, 1);
      Trainer.of(model, Objective.of(Loss.binaryCrossEntropy()), Adam.withDefaults())
          .fit(
              table.dataset(),
              TrainingOptions.withDefaults().withEpochs(2).withCheckpoints(checkpoint, 1));
    }
    return ImmutableList.of(
        Sample.of("preprocessing.json", Samples.bytes(table.preprocessing().toJson())),
        Sample.of("labels.json", Samples.bytes(table.labels().toJson())),
        Sample.of("images.json", Samples.bytes(ImagePreprocessing.imageNet().toJson())),
        Sample.of("provenance.json", Samples.bytes(Provenance.ofThisProcess().toJson())),
        Sample.of("state.safetensors", Files.readAllBytes(checkpoint)));
  }

  static void readConfiguration(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.equals("state.safetensors")) {
      Checkpoint.read(file);
      return;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    switch (name) {
      case "preprocessing.json" -> TablePreprocessing.fromJson(text);
      case "labels.json" -> LabelEncoding.fromJson(text);
      case "images.json" -> ImagePreprocessing.fromJson(text);
      default -> Provenance.fromJson(text);
    }
  }
}
