package org.xgradient.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.Quadrature;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.DataRandom;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.InMemoryDataset;
import org.xgradient.data.Task;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.architectures.Networks;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;

class MethodComparisonTest {

  private static final int ROWS = 300;
  private static final int FEATURES = 40;
  private static final int CLASSES = 3;

  private static final ImmutableMap<String, AttributionMethod> METHODS =
      ImmutableMap.of(
          "XG",
          new XGradient(),
          "IG",
          new IntegratedGradients(Baseline.zero(), Quadrature.gaussLegendre(5)),
          "Random",
          new RandomAttribution());

  private static MaskingResults results(int outputs, int partSize) {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(FEATURES, outputs, 24, 12).withoutBiases().build(session, 7);
      var methods = MethodAttributors.of(model, METHODS, AttributorOptions.withDefaults());
      var options = MaskingOptions.withDefaults().withFill(Fill.constant(0));
      var evaluation = MaskingEvaluation.of(model, options);
      var inputs = ImageNet.normal(new DataRandom(3), ROWS, FEATURES);
      var tf = session.ops();
      var x = tf.reshape(tf.constant(inputs.values()), tf.constant(new int[] {ROWS, FEATURES}));
      var logits = session.run(Feeds.none(), model.forward(x).logits());
      return evaluation.evaluate(table(inputs, predicted(logits), outputs), methods, partSize);
    }
  }

  /** The class of the largest logit, or whether the only one is positive. */
  private static FloatArray predicted(FloatArray logits) {
    FloatArray labels = FloatArray.zeros(logits.rows());
    int outputs = logits.rowSize();
    for (int row = 0; row < labels.size(); row++) {
      float largest = outputs == 1 ? 0 : Float.NEGATIVE_INFINITY;
      for (int c = 0; c < outputs; c++) {
        if (logits.values()[row * outputs + c] > largest) {
          largest = logits.values()[row * outputs + c];
          labels.values()[row] = outputs == 1 ? 1 : c;
        }
      }
    }
    return labels;
  }

  @Test
  void xGradientAndIntegratedGradientsAgreeOnAnXNet() {
    var results = results(CLASSES, 128);
    assertThat(results.methods()).containsExactly("XG", "IG", "Random");
    for (MaskingMetric metric : MaskingMetric.FAMILIES) {
      double[] xg = results.curve("XG", metric).scores().toArray();
      double[] ig = results.curve("IG", metric).scores().toArray();
      for (int f = 0; f < xg.length; f++) {
        // Attributions that differ by rounding may exchange two pixels in a few of 300 rows.
        assertThat(xg[f]).as(metric.name()).isCloseTo(ig[f], within(0.01));
      }
    }
  }

  @Test
  void randomKnowsNoSignAndNoOrder() {
    var results = results(CLASSES, ROWS);
    var kpm = results.curve("Random", MaskingMetric.KPM).imageAucs();
    var knm = results.curve("Random", MaskingMetric.KNM).imageAucs();
    assertThat(PairedDifference.of(kpm, knm).interval(0.95).contains(0)).isTrue();
    var kam = results.curve("Random", MaskingMetric.KAM).imageAucs();
    var ram = results.curve("Random", MaskingMetric.RAM).imageAucs();
    assertThat(PairedDifference.of(kam, ram).interval(0.95).contains(0)).isTrue();
  }

  @Test
  void xGradientIsBetterThanRandom() {
    var results = results(CLASSES, ROWS);
    // Not the accuracies: a net that was never trained mostly predicts one class, masked or not.
    for (var metric : List.of(MaskingMetric.KPM, MaskingMetric.KNM)) {
      assertThat(results.improvement("XG", "Random", metric).lowerBound(0.99))
          .as(metric.name())
          .isPositive();
    }
  }

  @Test
  void partsDoNotMatter() {
    var whole = results(CLASSES, ROWS).curve("XG", MaskingMetric.KPM);
    var parts = results(CLASSES, 77).curve("XG", MaskingMetric.KPM);
    assertThat(parts.imageIds()).isEqualTo(whole.imageIds()).hasSize(ROWS);
    double[] difference = new double[16];
    Arrays.setAll(difference, f -> parts.scores().get(f) - whole.scores().get(f));
    assertThat(difference).usingComparatorWithPrecision(1e-4).containsOnly(0);
  }

  @Test
  void aModelWithOneLogitIsExplainedByIt() {
    var results = results(1, ROWS);
    assertThat(results.improvement("XG", "Random", MaskingMetric.KPM).lowerBound(0.99))
        .isPositive();
    assertThat(results.improvement("XG", "Random", MaskingMetric.KNM).lowerBound(0.99))
        .isPositive();
  }

  @Test
  void completenessIsThatOfTheMethod() {
    try (GraphSession session = GraphSession.open()) {
      var model = Networks.mlp(FEATURES, 1, 24, 12).withoutBiases().build(session, 7);
      var inputs = ImageNet.normal(new DataRandom(3), 20, FEATURES);
      var found =
          MethodAttributors.of(model, METHODS, AttributorOptions.withDefaults())
              .attribute(inputs, new int[20]);
      Attributions xg = requireNonNull(found.get("XG"));
      Attributions ig = requireNonNull(found.get("IG"));
      Attributions random = requireNonNull(found.get("Random"));
      assertThat(xg.completeness().orElseThrow().relativeGap()).isLessThan(1e-5);
      assertThat(random.completeness()).isEmpty();
      double difference = RelativeDifference.ofBatches(ig.values(), xg.values(), 16);
      assertThat(difference).isLessThan(1e-4);
    }
  }

  private static Dataset table(FloatArray inputs, FloatArray labels, int outputs) {
    Task task = outputs == 1 ? Task.BINARY : Task.MULTICLASS;
    return InMemoryDataset.of(inputs, labels, task, outputs);
  }
}
