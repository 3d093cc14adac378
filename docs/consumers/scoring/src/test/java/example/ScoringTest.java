package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.XGradient;
import org.xgradient.attribution.axioms.Axioms;
import org.xgradient.data.FloatArray;
import org.xgradient.data.table.Table;
import org.xgradient.data.table.reading.TableReader;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;
import org.xgradient.metrics.masking.QualityGate;
import org.xgradient.metrics.RocAuc;
import org.xgradient.training.swap.SwapEffect;
import org.xgradient.training.table.TableModel;

/** Holds the model to account: a model that fails these tests is not shipped. */
class ScoringTest {

  private static final Path MODEL = Path.of(System.getProperty("model", "../target/model"));
  private static final Path TABLE = Path.of(System.getProperty("table", "../../applications.csv"));

  private static TableModel model;
  private static Table table;
  private static FloatArray features;

  @BeforeAll
  static void load() {
    model = TableModel.load(MODEL);
    table = TableReader.withDefaults().read(TABLE);
    features = model.preprocessing().transform(table);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void explanationsSatisfyTheAxioms() {
    Axioms.of(model, new XGradient()).on(features.rows(0, 100)).assertHolds();
  }

  @Test
  void predictsWellEnough() {
    FloatArray granted = model.labels().encode(table.column(model.labels().column()));
    double auc = new RocAuc().of(model.predict(table).logits(), granted);
    assertTrue(auc >= 0.85, "ROC-AUC is " + auc);
  }

  /** As good an explanation as one of 128 gradients, by what is left when columns are masked. */
  @Test
  void explanationsPassTheQualityGate() {
    MaskingResults results =
        MaskingEvaluation.of(
                model,
                MaskingOptions.withDefaults()
                    .withMetrics(MaskingMetric.KPM)
                    .withFill(Fill.mean(features)))
            .evaluate(
                features,
                predictedClasses(),
                Map.of(
                    "XG", attribute(new XGradient()),
                    "IG", attribute(IntegratedGradients.withDefaults())));
    QualityGate.allowing(0.01)
        .check(
            results.curve("XG", MaskingMetric.KPM), results.curve("IG", MaskingMetric.KPM));
  }

  @Test
  void sexChangesHardlyADecision() {
    SwapEffect.of(
            model,
            model.dataset(table, model.labels().column()),
            model.preprocessing().groups().mask("sex"))
        .assertAtMost(0.02);
  }

  @Test
  void contributionsAddUpToTheLogit() {
    try (Scoring scoring = new Scoring(MODEL)) {
      List<Scoring.Score> scores = scoring.score(TABLE);
      assertEquals(table.rows(), scores.size());
      Scoring.Score first = scores.get(0);
      double logit = first.contributions().values().stream().mapToDouble(Float::doubleValue).sum();
      double probability = 1 / (1 + Math.exp(-Math.abs(logit)));
      assertEquals(first.probability(), probability, 1e-5);
    }
  }

  private static FloatArray attribute(AttributionMethod method) {
    return Attributor.of(model, method).attribute(features).values();
  }

  private static int[] predictedClasses() {
    float[] logits = model.predict(table).logits().values();
    int[] classes = new int[logits.length];
    Arrays.setAll(classes, row -> logits[row] > 0 ? 1 : 0);
    return classes;
  }
}
