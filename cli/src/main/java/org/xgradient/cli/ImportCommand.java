package org.xgradient.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tensorflow.TensorFlow;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.cli.report.Numbers;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Network;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.image.ImageNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xgradient import}. */
@Command(
    name = "import",
    description = {
      "Make a model directory of a published network for images and weights that others trained.",
      "A checkpoint is only read: what would run code in it is refused by name."
    },
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {

  /** The number of classes of ImageNet. */
  private static final int DEFAULT_CLASSES = 1000;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "NAME",
      description = ImageNetwork.NAMES + ".")
  private String name;

  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description =
          "Trained weights (.npz, .safetensors, .pth, .pt or .pth.tar) in PyTorch's layout, or in"
              + " ours if so marked. An X- variant leaves the biases out.")
  private Path weights;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of the classes in the order of the outputs: a table (.csv) with a column"
              + " \"name\", or text (.txt) with a name on each line (default: class 0 to 999).")
  private Optional<Path> classes = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description =
          "Side of the square that the network sees; only convnet takes any (default: "
              + ImageNetwork.DEFAULT_SIDE
              + " for convnet).")
  private Optional<Integer> imageSize = Optional.empty();

  @Mixin private PreprocessingOptions preprocessing;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the model.")
  private Path out;

  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    ClassNames names =
        classes.map(ClassNames::read).orElseGet(() -> ClassNames.numbered(DEFAULT_CLASSES));
    ImageNetwork published =
        imageSize
            .map(side -> ImageNetwork.named(name, names.size(), side))
            .orElseGet(() -> ImageNetwork.named(name, names.size()));
    ImageNetwork image =
        published.withPreprocessing(preprocessing.applyTo(published.preprocessing()));
    Network network = image.network();
    try (GraphSession session = GraphSession.open()) {
      ImageModel.write(
          out,
          session,
          network.build(session, image.weights(weights)),
          signatureMethod(network),
          ImageModelInfo.of(network, image.preprocessing(), names, provenance(network)));
    }
    System.out.printf(
        "%s: %s parameters, %d classes, %s%n",
        network.name(),
        Numbers.count(network.parameterCount()),
        names.size(),
        network.hasBiases() ? "with biases" : "without biases");
    System.out.println("Model: " + out);
    return 0;
  }

  private static AttributionMethod signatureMethod(Network network) {
    return network.hasBiases() ? IntegratedGradients.withDefaults() : new XGradient();
  }

  private Provenance provenance(Network network) {
    return Provenance.ofThisProcess()
        .with("TensorFlow", TensorFlow.version())
        .with("network", network.name())
        .with("weights", weights.getFileName())
        .with("weights SHA-256", Checksums.sha256(weights));
  }
}
