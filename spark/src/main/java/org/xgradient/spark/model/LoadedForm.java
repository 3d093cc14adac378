package org.xgradient.spark.model;

import java.nio.file.Path;
import java.util.Optional;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.image.ImagePreprocessing;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.data.text.TextPreprocessing;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.runtime.SessionOptions;
import org.xgradient.graph.savedmodel.LoadOptions;
import org.xgradient.graph.savedmodel.LoadedModel;
import org.xgradient.graph.savedmodel.SavedModels;
import org.xgradient.training.image.ImageModel;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.text.TextModel;
import org.xgradient.training.text.WordAttributions;

/** A loaded model with what its files say of rows and outputs. */
sealed interface LoadedForm extends AutoCloseable {

  /** {@return the model and its session, closed with this} */
  BoundModel bound();

  /** {@return what the outputs mean, where the files say it} */
  Optional<LabelEncoding> labels();

  /** {@return what reads rows} */
  RowReader reader(InputColumns input);

  /** {@return what is told of a row: by column, word or pixel; of shape {@code [rows, parts]}} */
  FloatArray parts(Attributions found);

  /** {@return what a value of the inputs is called} */
  String inputName(int index);

  @Override
  void close();

  /** Loads what a specification says. */
  static LoadedForm load(ModelSpec spec, Path files, SessionOptions session) {
    return switch (spec.form()) {
      case TABLE -> new OfTable(TableModel.load(files, session));
      case TEXT -> new OfText(TextModel.load(files, session));
      case IMAGE -> new OfImage(ImageModel.load(files, session));
      case SAVED_MODEL -> new Plain(SavedModels.load(files, options(spec, session)));
    };
  }

  private static LoadOptions options(ModelSpec spec, SessionOptions session) {
    LoadOptions options = LoadOptions.withDefaults().withSession(session);
    if (!spec.signature().isEmpty()) {
      options = options.withSignature(spec.signature());
    }
    return spec.output().isEmpty() ? options : options.withOutput(spec.output());
  }

  /** A table's, told by columns. */
  record OfTable(TableModel bound) implements LoadedForm {

    @Override
    public Optional<LabelEncoding> labels() {
      return Optional.of(bound.labels());
    }

    @Override
    public RowReader reader(InputColumns input) {
      return TableRows.of(bound.preprocessing(), input.positions());
    }

    @Override
    public FloatArray parts(Attributions found) {
      TablePreprocessing preprocessing = bound.preprocessing();
      return preprocessing.groups().sumByColumn(found.values());
    }

    @Override
    public String inputName(int index) {
      return bound.preprocessing().featureNames().get(index);
    }

    @Override
    public void close() {
      bound.close();
    }
  }

  /** A text's, told by words. */
  record OfText(TextModel bound) implements LoadedForm {

    @Override
    public Optional<LabelEncoding> labels() {
      return Optional.of(ModelLabels.of(bound.info()));
    }

    @Override
    public RowReader reader(InputColumns input) {
      TextPreprocessing preprocessing = bound.info().preprocessing();
      return new TextRows(preprocessing, input.names().get(0), input.positions().get(0));
    }

    @Override
    public FloatArray parts(Attributions found) {
      return WordAttributions.of(found).values();
    }

    @Override
    public String inputName(int index) {
      return "word " + (index + 1);
    }

    @Override
    public void close() {
      bound.close();
    }
  }

  /** An image's, told by the pixels that the network sees. */
  record OfImage(ImageModel bound) implements LoadedForm {

    @Override
    public Optional<LabelEncoding> labels() {
      return Optional.of(ModelLabels.of(bound.info()));
    }

    @Override
    public RowReader reader(InputColumns input) {
      ImagePreprocessing preprocessing = bound.preprocessing();
      return new ImageRows(preprocessing, input.names().get(0), input.positions().get(0));
    }

    @Override
    public FloatArray parts(Attributions found) {
      return found.values().sumOverLast();
    }

    @Override
    public String inputName(int index) {
      return "value " + index + " of the image";
    }

    @Override
    public void close() {
      bound.close();
    }
  }

  /** A SavedModel's, told by inputs. */
  record Plain(LoadedModel bound) implements LoadedForm {

    @Override
    public Optional<LabelEncoding> labels() {
      return Optional.empty();
    }

    @Override
    public RowReader reader(InputColumns input) {
      int features = Shapes.size(bound.model().inputShape());
      return input.kind() == InputColumns.Kind.VECTOR
          ? new VectorRows(input.names().get(0), input.positions().get(0), features)
          : new NumberRows(input.names(), input.positions());
    }

    @Override
    public FloatArray parts(Attributions found) {
      return found.values();
    }

    @Override
    public String inputName(int index) {
      return "feature " + index;
    }

    @Override
    public void close() {
      bound.close();
    }
  }
}
