package org.xgradient.training.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.ChecksumManifest;
import org.xgradient.data.DataException;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Provenance;
import org.xgradient.data.table.CategoricalColumn;
import org.xgradient.data.table.LabelEncoding;
import org.xgradient.data.table.NumericColumn;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.TablePreprocessing;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Predictor;
import org.xgradient.graph.architectures.Networks;

class TableModelTest {

  private static final float ROUNDING = 1e-5f;

  private static final Table ROWS =
      Table.of(
          NumericColumn.of("age", 30, 40, Double.NaN, 61),
          CategoricalColumn.of("town", List.of("Ulm", "Ypres"), 0, 1, 1, 0),
          NumericColumn.of("income", 1, 2, 4, 8));

  @TempDir private Path folder;
  private Path directory;
  private FloatArray logits;

  @BeforeEach
  void write() throws IOException {
    directory = folder.resolve("model");
    var all = ImmutableIntArray.copyOf(IntStream.range(0, 4));
    var preprocessing = TablePreprocessing.fit(ROWS, all);
    var labels =
        LabelEncoding.fit(CategoricalColumn.of("sick", List.of("no", "yes"), 0, 1, 0, 1), all);
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(preprocessing.features(), 1, 8, 4).withoutBiases().build(session, 5);
      logits = Predictor.of(model).logits(preprocessing.transform(ROWS));
      TableModel.write(
          directory,
          model,
          new XGradient(),
          preprocessing,
          labels,
          Provenance.ofThisProcess().with("seed", 5));
    }
  }

  @Test
  void predictsRawRowsAsBefore() {
    try (TableModel model = TableModel.load(directory)) {
      TablePredictions predictions = model.predict(ROWS);
      assertThat(predictions.logits().values()).containsExactly(logits.values(), within(ROUNDING));
      for (int row = 0; row < 4; row++) {
        double probability = 1 / (1 + Math.exp(-logits.values()[row]));
        assertThat(predictions.probabilities(row).get(1)).isCloseTo(probability, within(1e-6));
        assertThat(predictions.label(row)).isEqualTo(probability > 0.5 ? "yes" : "no");
      }
      assertThat(model.provenance().facts()).containsEntry("seed", "5");
    }
  }

  @Test
  void attributionsOfColumnsAddUpToThePrediction() {
    try (TableModel model = TableModel.load(directory)) {
      FloatArray features = model.preprocessing().transform(ROWS);
      Attributions attributions = Attributor.of(model, new XGradient()).attribute(features);
      FloatArray columns = model.preprocessing().groups().sumByColumn(attributions.values());
      assertThat(columns.rowSize()).isEqualTo(3);
      for (int row = 0; row < 4; row++) {
        float sum = 0;
        for (float value : columns.rows(row, row + 1).values()) {
          sum += value;
        }
        assertThat(sum).isCloseTo(logits.values()[row], within(ROUNDING));
      }
    }
  }

  @Test
  void saysWhatIsWrongWithADirectory() throws IOException {
    assertThatThrownBy(() -> TableModel.load(folder.resolve("none")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be a model directory with a file model.json, found none");

    Path labels = directory.resolve("labels.json");
    String before = Files.readString(labels);
    Files.writeString(labels, before.replace("yes", "YES"));
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.json is damaged");
    Files.delete(labels);
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("labels.json is missing");
    Files.writeString(labels, before);

    Path manifest = directory.resolve("model.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"version\" : 1", "\"version\" : 2"));
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be of format version 1, found 2");
    // As version 0.1 wrote it.
    Files.writeString(
        manifest,
        text.replace("\"format\" : \"model directory\",\n  \"version\" : 1", "\"format\" : 1"));
    assertThat(Files.readString(manifest)).doesNotContain("version");
    ChecksumManifest.write(directory);
    TableModel.load(directory).close();
    Files.writeString(manifest, text);
    ChecksumManifest.write(directory);
    Files.writeString(manifest, text.replace("\"table\"", "\"film\""));
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be of a model of tables, images or texts, found 'film'");
    Files.writeString(manifest, text.substring(0, 20));
    assertThatThrownBy(() -> TableModel.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.json is damaged");
  }
}
