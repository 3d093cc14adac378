package org.xgradient.training.image;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.image.ClassNames;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelExport;
import org.xgradient.training.model.ModelKind;

/**
 * A trained model of images with all it needs to take photos: the preprocessing, the names of the
 * classes, and where it came from.
 *
 * <p>Attributions are of what the network sees, {@code preprocessing().apply} of a photo; the zero
 * baseline is the photo whose colour is the mean of the preprocessing, black where that is 0.
 *
 * <p>In the directory, beside the SavedModel, are the weights as safetensors, marked as being in
 * the layout of this library, from which {@link ImageNetwork#weights} builds a network that can be
 * trained further.
 */
public final class ImageModel implements BoundModel, AutoCloseable {

  /** The weights in a model directory. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final String NETWORK = "network.json";
  private static final String PREPROCESSING = "preprocessing.json";
  private static final String CLASSES = "classes.csv";

  private final BoundModel bound;
  private final ImageModelInfo info;
  private final Predictor predictor;

  private ImageModel(BoundModel model, ImageModelInfo info) {
    this.bound = ChannelsLast.of(model);
    info.checkFits(bound.model());
    this.info = info;
    this.predictor = Predictor.of(bound);
  }

  /**
   * Builds a model that needs no directory.
   *
   * @param network the network with its preprocessing
   * @param weights the values of all its parameters by name, as {@link ImageNetwork#weights} gives
   *     them
   * @param classes the names of the classes in the order of the logits, at least two
   * @param provenance where the weights came from
   * @return the model, to be closed
   * @throws IllegalArgumentException if the weights don't fit the network, or there is not a name
   *     for each logit
   */
  public static ImageModel of(
      ImageNetwork network,
      Map<String, FloatArray> weights,
      ClassNames classes,
      Provenance provenance) {
    var info = ImageModelInfo.of(network.network(), network.preprocessing(), classes, provenance);
    GraphSession session = GraphSession.open();
    try {
      return new ImageModel(network.network().build(session, weights), info);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * A model from elsewhere, such as a SavedModel of others.
   *
   * @param model the model, whose inputs are prepared images, of shape {@code [side, side, 3]} or
   *     {@code [3, side, side]}, and whose outputs are the logits of the classes; its session is
   *     closed with what is returned
   * @param info what is known of it
   * @return the model, to be closed
   * @throws IllegalArgumentException if the model takes or gives something else than the
   *     information says
   */
  public static ImageModel of(BoundModel model, ImageModelInfo info) {
    return new ImageModel(model, info);
  }

  /**
   * Writes a model directory, whole or not at all; an earlier model is replaced, anything else is
   * not.
   *
   * @param directory the directory
   * @param model the model
   * @param method the method of the {@code attribution} signature
   * @param info what is known of the model
   * @throws IOException if the files can't be written, or the directory holds something else
   * @throws IllegalArgumentException if the method does not apply to the model, or the model takes
   *     or gives something else than the information says
   */
  public static void write(
      Path directory, BoundModel model, AttributionMethod method, ImageModelInfo info)
      throws IOException {
    info.checkFits(model.model());
    ModelDirectory.write(
        directory,
        ModelKind.IMAGE,
        new ModelExport(model, method, true),
        info.provenance(),
        inside -> {
          AtomicFiles.writeText(inside.resolve(NETWORK), ImageNetworkJson.of(info).toJson());
          AtomicFiles.writeText(inside.resolve(PREPROCESSING), info.preprocessing().toJson());
          info.classes().write(inside.resolve(CLASSES));
          WeightFiles.write(inside.resolve(WEIGHTS), info.network(), weights(model));
        });
  }

  private static ImmutableMap<String, FloatArray> weights(BoundModel model) {
    return model.model().parameters().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                Parameter::name, parameter -> parameter.read(model.session())));
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @return the model, to be closed
   * @throws DataException if it is not a model directory of images, or damaged, or of another
   *     format version
   * @throws org.xgradient.graph.savedmodel.SavedModelException if the SavedModel in it is damaged
   */
  public static ImageModel load(Path directory) {
    return load(directory, SessionOptions.withDefaults());
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @param options how the session computes
   * @return the model, to be closed
   * @throws DataException if it is not a model directory of images, or damaged, or of another
   *     format version
   * @throws org.xgradient.graph.savedmodel.SavedModelException if the SavedModel in it is damaged
   */
  public static ImageModel load(Path directory, SessionOptions options) {
    ModelDirectory files = ModelDirectory.open(directory, ModelKind.IMAGE);
    ImageModelInfo info = info(files);
    LoadedModel loaded = files.load(options);
    try {
      return new ImageModel(loaded, info);
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  /**
   * Reads what is known of a model, without the model itself.
   *
   * @param directory the model directory
   * @return the information
   * @throws DataException if it is not a model directory of images, or damaged, or of another
   *     format version
   */
  public static ImageModelInfo info(Path directory) {
    return info(ModelDirectory.open(directory, ModelKind.IMAGE));
  }

  private static ImageModelInfo info(ModelDirectory files) {
    var network = ImageNetworkJson.fromJson(files.read(NETWORK), files.file(NETWORK).toString());
    return new ImageModelInfo(
        network.name(),
        network.biases(),
        ImagePreprocessing.fromJson(files.read(PREPROCESSING)),
        ClassNames.read(files.file(CLASSES)),
        files.provenance());
  }

  /** {@return the model inside, whose inputs are preprocessed images, the channels last} */
  @Override
  public Model model() {
    return bound.model();
  }

  /** {@return the session of the model; closed with this} */
  @Override
  public GraphSession session() {
    return bound.session();
  }

  /** {@return what is known of the model} */
  public ImageModelInfo info() {
    return info;
  }

  /** {@return what is done to an image before} */
  public ImagePreprocessing preprocessing() {
    return info.preprocessing();
  }

  /** {@return the names of the classes, in the order of the logits} */
  public ClassNames classes() {
    return info.classes();
  }

  /**
   * Predicts images.
   *
   * @param images preprocessed images, of shape {@code [images, crop, crop, 3]}
   * @return the predictions
   * @throws IllegalArgumentException if the images are not of that shape
   */
  public ImagePredictions predict(FloatArray images) {
    return new ImagePredictions(info.classes(), predictor.logits(images));
  }

  /** Closes the session. */
  @Override
  public void close() {
    bound.session().close();
  }
}
