package org.xgradient.training.table;

import java.io.IOException;
import java.nio.file.Path;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.data.AtomicFiles;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.Task;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.table.TabularDataset;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.training.model.ModelDirectory;
import org.xgradient.training.model.ModelExport;
import org.xgradient.training.model.ModelKind;

/**
 * A trained model with all it needs to take raw rows: the preprocessing, the meaning of its
 * outputs, and where it came from.
 *
 * <p>Attributions are of the features that the network sees: standardized numbers, so that the zero
 * baseline is the mean row, and one-hot features. {@code preprocessing().groups()} sums them back
 * to the columns of the table.
 */
public final class TableModel implements BoundModel, AutoCloseable {

  /** For people, and to read other files alike; the readings are in the other two as well. */
  private static final String SCHEMA = "schema.json";

  private final LoadedModel loaded;
  private final TablePreprocessing preprocessing;
  private final LabelEncoding labels;
  private final Provenance provenance;
  private final Predictor predictor;

  private TableModel(
      LoadedModel loaded,
      TablePreprocessing preprocessing,
      LabelEncoding labels,
      Provenance provenance) {
    this.loaded = loaded;
    this.preprocessing = preprocessing;
    this.labels = labels;
    this.provenance = provenance;
    this.predictor = Predictor.of(loaded);
  }

  /**
   * Writes a model directory, whole or not at all; an earlier model is replaced, anything else is
   * not.
   *
   * @param directory the directory
   * @param model the model
   * @param method the method of the {@code attribution} signature
   * @param preprocessing what makes the features
   * @param labels what the outputs mean
   * @param provenance where the model came from
   * @throws IOException if the files can't be written, or the directory holds something else
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public static void write(
      Path directory,
      BoundModel model,
      AttributionMethod method,
      TablePreprocessing preprocessing,
      LabelEncoding labels,
      Provenance provenance)
      throws IOException {
    var export = new ModelExport(model, method, labels.task() != Task.REGRESSION);
    ModelDirectory.write(
        directory,
        ModelKind.TABLE,
        export,
        provenance,
        inside -> {
          AtomicFiles.writeText(
              inside.resolve(TableModelInfo.PREPROCESSING), preprocessing.toJson());
          AtomicFiles.writeText(inside.resolve(TableModelInfo.LABELS), labels.toJson());
          AtomicFiles.writeText(
              inside.resolve(SCHEMA),
              preprocessing.schema().with(labels.column(), labels.reading()).toJson());
        });
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @return the model, to be closed
   * @throws DataException if it is not a model directory, or damaged, or of another format version
   * @throws org.xgradient.graph.savedmodel.SavedModelException if the SavedModel in it is damaged
   */
  public static TableModel load(Path directory) {
    return load(directory, SessionOptions.withDefaults());
  }

  /**
   * Loads a model directory.
   *
   * @param directory the directory
   * @param options how the session computes
   * @return the model, to be closed
   * @throws DataException if it is not a model directory, or damaged, or of another format version
   * @throws org.xgradient.graph.savedmodel.SavedModelException if the SavedModel in it is damaged
   */
  public static TableModel load(Path directory, SessionOptions options) {
    ModelDirectory files = ModelDirectory.open(directory, ModelKind.TABLE);
    TableModelInfo info = TableModelInfo.read(files);
    return new TableModel(
        files.load(options), info.preprocessing(), info.labels(), info.provenance());
  }

  /** {@return the model inside, whose inputs are the preprocessed features} */
  @Override
  public Model model() {
    return loaded.model();
  }

  /** {@return the session of the model; closed with this} */
  @Override
  public GraphSession session() {
    return loaded.session();
  }

  /** {@return what makes the features} */
  public TablePreprocessing preprocessing() {
    return preprocessing;
  }

  /** {@return what the outputs mean} */
  public LabelEncoding labels() {
    return labels;
  }

  /** {@return where the model came from} */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * Labelled rows as the network sees them.
   *
   * @param rows a table with the columns of {@code preprocessing().schema()} and the labels
   * @param label the name of the label column
   * @return the features and the labels
   * @throws DataException if a column is missing or of another type, or a label is not one of the
   *     model's
   */
  public TabularDataset dataset(Table rows, String label) {
    return new TabularDataset(
        preprocessing.transform(rows),
        labels.encode(rows.column(label)),
        labels.task(),
        labels.outputs(),
        preprocessing.featureNames(),
        preprocessing.groups());
  }

  /**
   * Predicts raw rows.
   *
   * @param rows a table with the columns of {@code preprocessing().schema()}
   * @return the predictions
   * @throws DataException if a column is missing or of another type
   */
  public TablePredictions predict(Table rows) {
    FloatArray logits = predictor.logits(preprocessing.transform(rows));
    return new TablePredictions(labels, logits);
  }

  /** Closes the session. */
  @Override
  public void close() {
    loaded.close();
  }
}
