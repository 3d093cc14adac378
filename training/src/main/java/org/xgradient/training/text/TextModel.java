package org.xgradient.training.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;
import org.xgradient.data.text.EncodedText;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.ModelInput;
import org.xgradient.graph.Parameter;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.embedding.EmbeddedModel;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelExport;
import org.xgradient.training.model.ModelKind;

/**
 * A trained model of texts with all it needs to take raw texts: the words that it knows, the names
 * of the classes, and where it came from.
 *
 * <p>Attributions are of the embeddings of the words; the zero baseline is a text of blanks, each
 * of which is a word without any meaning.
 *
 * <p>In the directory, beside the SavedModel, which is for servers, are the weights as safetensors.
 * From them the network is built when the model is loaded: nothing of the SavedModel is run.
 */
public final class TextModel implements BoundModel, AutoCloseable {

  private static final String WEIGHTS = "weights.safetensors";
  private static final String NETWORK = "network.json";
  private static final String TEXT = "text.json";

  private final EmbeddedModel bound;
  private final TextModelInfo info;
  private final Predictor predictor;

  private TextModel(EmbeddedModel bound, TextModelInfo info) {
    this.bound = bound;
    this.info = info;
    this.predictor = Predictor.of(bound);
  }

  /**
   * A model that was trained, on its own session.
   *
   * @param model the model
   * @param info what is known of it
   * @return the model; closing it closes the session
   */
  public static TextModel of(EmbeddedModel model, TextModelInfo info) {
    return new TextModel(model, info);
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
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public static void write(
      Path directory, EmbeddedModel model, AttributionMethod method, TextModelInfo info)
      throws IOException {
    ModelDirectory.write(
        directory,
        ModelKind.TEXT,
        new ModelExport(model, method, true),
        info.provenance(),
        inside -> {
          AtomicFiles.writeText(
              inside.resolve(NETWORK), TextNetworkJson.write(info.network(), info.classes()));
          AtomicFiles.writeText(inside.resolve(TEXT), info.preprocessing().toJson());
          Safetensors.write(inside.resolve(WEIGHTS), NamedArrays.of(weights(model)));
        });
  }

  private static ImmutableMap<String, FloatArray> weights(EmbeddedModel model) {
    return model.parameters().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                Parameter::name, parameter -> parameter.read(model.session())));
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @return the model, to be closed
   * @throws DataException if it is not a model directory of texts, or damaged, or of another format
   *     version, or its vocabulary is that of another model
   */
  public static TextModel load(Path directory) {
    return load(directory, SessionOptions.withDefaults());
  }

  /**
   * Reads what is known of a model, without the model itself.
   *
   * @param directory the model directory
   * @return the information
   * @throws DataException if it is not a model directory of texts, or damaged, or of another format
   *     version
   */
  public static TextModelInfo info(Path directory) {
    return info(ModelDirectory.open(directory, ModelKind.TEXT));
  }

  private static TextModelInfo info(ModelDirectory files) {
    TextNetworkJson network =
        TextNetworkJson.read(files.read(NETWORK), files.file(NETWORK).toString());
    return new TextModelInfo(
        network.network(),
        TextPreprocessing.fromJson(files.read(TEXT), files.file(TEXT).toString()),
        network.textClasses(),
        files.provenance());
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @param options how the session computes
   * @return the model, to be closed
   * @throws DataException if it is not a model directory of texts, or damaged, or of another format
   *     version, or its vocabulary is that of another model
   */
  public static TextModel load(Path directory, SessionOptions options) {
    ModelDirectory files = ModelDirectory.open(directory, ModelKind.TEXT);
    TextModelInfo info = info(files);
    var weights = Safetensors.read(files.file(WEIGHTS)).arrays();
    GraphSession session = GraphSession.open(options);
    try {
      EmbeddedModel model = EmbeddedModel.create(info.embedded(), session);
      model.assign(weights);
      return new TextModel(model, info);
    } catch (IllegalArgumentException e) {
      session.close();
      throw new DataException(
          "the weights in %s are not those of its network and vocabulary: %s; copy the whole directory anew"
              .formatted(directory, e.getMessage()),
          e);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** {@return the model inside, whose inputs are numbers of words} */
  @Override
  public EmbeddedModel model() {
    return bound;
  }

  /** {@return the session of the model; closed with this} */
  @Override
  public GraphSession session() {
    return bound.session();
  }

  @Override
  public ImmutableList<ModelInput> inputs() {
    return bound.inputs();
  }

  /** {@return what is known of the model} */
  public TextModelInfo info() {
    return info;
  }

  /**
   * What is left of it without the biases of its network: another function, homogeneous in the
   * embeddings.
   *
   * @return the model, on a session of its own, to be closed
   */
  public TextModel withoutBiases() {
    TextModelInfo left = info.withoutBiases();
    Map<String, FloatArray> weights = new LinkedHashMap<>(weights(bound));
    GraphSession session = GraphSession.open();
    try {
      EmbeddedModel model = EmbeddedModel.create(left.embedded(), session);
      Set<String> names =
          model.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      weights.keySet().retainAll(names);
      model.assign(weights);
      return new TextModel(model, left);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Encodes texts.
   *
   * @param texts the texts
   * @return their words and numbers
   */
  public ImmutableList<EncodedText> encode(List<String> texts) {
    return texts.stream()
        .map(info.preprocessing()::encode)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Predicts texts.
   *
   * @param texts encoded texts, at least one
   * @return the predictions
   */
  public TextPredictions predict(List<EncodedText> texts) {
    return new TextPredictions(
        info.classes(), predictor.logits(info.preprocessing().tokens(texts)));
  }

  /** Closes the session. */
  @Override
  public void close() {
    bound.session().close();
  }
}
