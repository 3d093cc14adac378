package org.xgradient.cli.option;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xgradient.cli.image.ImageModelSource;
import org.xgradient.data.Checksums;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.runtime.NativeTensorFlow;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.image.ImageModelInfo;
import org.xgradient.training.image.ImageNetwork;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that name published networks for images and the weights that others trained. */
@HelpGroup("Network for images")
public final class NetworkOptions {

  /** The number of classes of ImageNet. */
  private static final int DEFAULT_CLASSES = 1000;

  @Option(
      names = "--network",
      split = ",",
      paramLabel = "NAME",
      description = {
        "A network for images; attribute and evaluate take several, separated by commas, that share"
            + " the weights:",
        ImageNetwork.NAMES + "."
      })
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Trained weights (.npz, .safetensors, .safetensors.index.json, .pth, .pt, .pth.tar or"
              + " .ckpt) in PyTorch's layout, or in ours if so marked. An X- variant leaves the biases out. Training starts from"
              + " them, or from random ones.")
  private Optional<Path> weights = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of the classes in the order of the outputs: a table (.csv) with a column"
              + " \"name\", or text (.txt) with a name on each line (default: class 0 to 999; the"
              + " names of the folders when training).")
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

  @SuppressWarnings("NullAway.Init")
  NetworkOptions() {}

  /** {@return whether a network is named} */
  public boolean isGiven() {
    return !networks.isEmpty();
  }

  /**
   * The models that are named.
   *
   * @throws IllegalArgumentException if no network is named, there are no weights, or a network is
   *     not known, or has another number of classes
   * @throws org.xgradient.data.DataException if the names of the classes can't be read
   */
  public ImmutableList<ImageModelSource> models() {
    if (networks.isEmpty()) {
      throw new IllegalArgumentException("a network must be named with --network NAME");
    }
    Path file =
        weights.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--network needs trained weights; give them with --weights FILE"));
    ClassNames names = classes().orElseGet(() -> ClassNames.numbered(DEFAULT_CLASSES));
    return new LinkedHashSet<>(networks)
        .stream()
            .map(name -> model(network(name, names.size()), file, names))
            .collect(ImmutableList.toImmutableList());
  }

  /** {@return the file of weights, if one is given} */
  public Optional<Path> weights() {
    return weights;
  }

  /**
   * {@return the names of the classes, if they are given}
   *
   * @throws org.xgradient.data.DataException if they can't be read
   */
  public Optional<ClassNames> classes() {
    return classes.map(ClassNames::read);
  }

  /**
   * The only network.
   *
   * @param usual its name, if the user names none
   * @param count the number of classes
   * @throws IllegalArgumentException if there are several, or it is not known, or has another
   *     number of classes
   */
  public ImageNetwork only(String usual, int count) {
    if (networks.size() > 1) {
      throw new IllegalArgumentException("--network must name one network, found " + networks);
    }
    return network(networks.isEmpty() ? usual : networks.get(0), count);
  }

  private ImageNetwork network(String name, int count) {
    ImageNetwork published =
        imageSize
            .map(side -> ImageNetwork.named(name, count, side))
            .orElseGet(() -> ImageNetwork.named(name, count));
    return published.withPreprocessing(preprocessing.applyTo(published.preprocessing()));
  }

  /**
   * Makes a model of images of a SavedModel that others exported.
   *
   * @param name what it is called
   * @param loaded the model, closed with what is returned, or if it can't be used
   * @throws IllegalArgumentException if it takes no images, or there is not a name for each output
   * @throws org.xgradient.data.DataException if the names of the classes can't be read
   */
  ImageModel foreign(String name, LoadedModel loaded) {
    try {
      ImagePreprocessing prepared = preprocessing.applyTo(usual(name, loaded));
      ClassNames names = classes().orElseGet(() -> ClassNames.numbered(loaded.model().outputs()));
      var provenance =
          Provenance.ofThisProcess()
              .with("TensorFlow", NativeTensorFlow.version())
              .with("SavedModel", name);
      boolean biases =
          loaded.model().parameters().stream()
              .anyMatch(parameter -> parameter.role() == Parameter.Role.BIAS);
      return ImageModel.of(loaded, new ImageModelInfo(name, biases, prepared, names, provenance));
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /** A SavedModel does not say how its images were prepared, but for their size. */
  private static ImagePreprocessing usual(String name, LoadedModel loaded) {
    ImmutableIntArray shape = loaded.model().inputShape();
    boolean last = shape.length() == 3 && shape.get(0) == shape.get(1) && shape.get(2) == 3;
    boolean first = shape.length() == 3 && shape.get(0) == 3 && shape.get(1) == shape.get(2);
    if (!(last || first) || loaded.hasFixedInputs()) {
      throw new IllegalArgumentException(
          "images need one input of shape [side, side, 3] or [3, side, side], but %s takes %s; give it"
                  .formatted(
                      name,
                      loaded.inputs().stream()
                          .map(input -> "'%s' of shape %s".formatted(input.name(), input.shape()))
                          .collect(Collectors.joining(" and ")))
              + " arrays with --data FILE.npy, or a shape that is not known with --input-shape");
    }
    boolean bytes = loaded.inputs().stream().anyMatch(i -> i.kind() == ModelInput.Kind.INTEGERS);
    ConsoleProgress.note(
        "note: %s does not say how images are prepared for it; they are cut to %s x %s pixels of"
            + " values from 0 to %s unless --resize, --resize-to, --scale, --mean, --deviation and"
            + " --channels say otherwise",
        name, shape.get(1), shape.get(1), bytes ? 255 : 1);
    return ImagePreprocessing.sizeOnly(shape.get(1)).withScale(bytes ? 255 : 1);
  }

  private static ImageModelSource model(ImageNetwork image, Path file, ClassNames names) {
    String name = image.network().name();
    return new ImageModelSource(
        name,
        () ->
            ImageModel.of(
                image,
                image.weights(file),
                names,
                Provenance.ofThisProcess()
                    .with("TensorFlow", NativeTensorFlow.version())
                    .with("network", name)
                    .with("weights", file.getFileName())
                    .with("weights SHA-256", Checksums.sha256(file))));
  }
}
