package example;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.training.table.TableModel;
import org.xgradient.training.table.TablePredictions;

/** Predicts the rows of a table, and says what each column adds to a prediction. */
public final class Scoring implements AutoCloseable {

  private final TableModel model;
  private final Attributor attributor;

  /** Loads a model that {@code xgradient train} wrote. */
  public Scoring(Path directory) {
    model = TableModel.load(directory);
    attributor = Attributor.of(model, new XGradient());
  }

  /** What the model says of a row: a class, its probability, and what each column adds. */
  public record Score(String prediction, double probability, Map<String, Float> contributions) {}

  /** Scores all rows of a CSV file. */
  public List<Score> score(Path table) {
    Table rows = TableReader.withDefaults().read(table, model.preprocessing().schema());
    TablePredictions predictions = model.predict(rows);
    FloatArray contributions = contributions(rows);
    List<Score> scores = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      Map<String, Float> byColumn = new LinkedHashMap<>();
      float[] ofRow = contributions.rows(row, row + 1).values();
      for (int column = 0; column < ofRow.length; column++) {
        byColumn.put(model.preprocessing().groups().columns().get(column), ofRow[column]);
      }
      int predicted = model.labels().classes().indexOf(predictions.label(row));
      scores.add(
          new Score(
              predictions.label(row), predictions.probabilities(row).get(predicted), byColumn));
    }
    return scores;
  }

  private FloatArray contributions(Table rows) {
    FloatArray features = model.preprocessing().transform(rows);
    FloatArray ofFeatures = attributor.attribute(features).values();
    return model.preprocessing().groups().sumByColumn(ofFeatures);
  }

  @Override
  public void close() {
    model.close();
  }

  /** Prints the scores of a table; the arguments are the model's directory and the table. */
  public static void main(String[] args) {
    try (Scoring scoring = new Scoring(Path.of(args[0]))) {
      scoring.score(Path.of(args[1])).forEach(System.out::println);
    }
  }
}
