package org.xgradient.metrics.masking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.GraphSession;
import org.xgradient.metrics.Direction;
import org.xgradient.metrics.ImageNet;
import org.xgradient.metrics.LinearModel;
import org.xgradient.metrics.Score;

class MaskingEvaluationTest {

  private static final int IMAGES = 6;
  private static final int HEIGHT = 7;
  private static final int WIDTH = 6;
  private static final int CHANNELS = 3;
  private static final int CLASSES = 4;
  private static final int[] LABELS = {0, 1, 2, 3, 0, 1};
  private static final GaussianBlur BLUR = new GaussianBlur(5, 2, GaussianBlur.Kernel.PAPER);

  /** Every order, masking and score. */
  private static ImmutableList<MaskingMetric> allMetrics() {
    ImmutableList.Builder<MaskingMetric> metrics = ImmutableList.builder();
    for (PixelOrder order : PixelOrder.values()) {
      for (Masking masking : Masking.values()) {
        for (Score score : Score.values()) {
          String name = order + " " + masking + " " + score;
          metrics.add(new MaskingMetric(name, order, masking, score, Direction.HIGHER_IS_BETTER));
        }
      }
    }
    return metrics.build();
  }

  /** Normal, full of ties, all zero, all negative, one pixel, cancelling between channels. */
  private static FloatArray attributions(DataRandom random) {
    FloatArray values = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    int size = values.rowSize();
    float[] flat = values.values();
    for (int i = 0; i < size; i++) {
      flat[size + i] = Math.round(flat[size + i]);
      flat[2 * size + i] = 0;
      flat[3 * size + i] = -Math.abs(flat[3 * size + i]);
      flat[4 * size + i] = i == 40 ? 1 : 0;
      flat[5 * size + i] = i % CHANNELS == 0 ? -1 : i % CHANNELS == 1 ? 1 : (i % 4) - 1;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyMetricIsWhatItsDefinitionSays(long seed) {
    var random = new DataRandom(seed);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    var attributions =
        ImmutableMap.of("first", attributions(random), "second", attributions(random));
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, seed, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var options =
          MaskingOptions.withDefaults()
              .withMetrics(allMetrics())
              .withFill(BLUR)
              .withMaxBatch(13)
              .withFractions(ImmutableDoubleArray.of(0, 0.01, 0.1, 0.33, 0.5, 0.8, 0.95, 1));
      var results = MaskingEvaluation.of(model, options).evaluate(inputs, LABELS, attributions);
      assertThat(results.curves()).hasSize(2 * allMetrics().size());
      for (MaskingCurve curve : results.curves()) {
        compare(model, inputs, requireNonNull(attributions.get(curve.method())), curve);
      }
    }
  }

  private static void compare(
      ImageNet model, FloatArray inputs, FloatArray attributions, MaskingCurve curve) {
    var plain = new PlainMasking(HEIGHT, WIDTH, CHANNELS);
    MaskingMetric metric = curve.metric();
    for (int image = 0; image < IMAGES; image++) {
      float[] input = PlainMasking.row(inputs, image);
      // The paper's kernel: exp(-(d / (2 sigma))²).
      double[] fill = plain.blur(input, BLUR.size(), 4 * BLUR.sigma() * BLUR.sigma());
      for (int f = 0; f < curve.fractions().length(); f++) {
        boolean[] stays =
            plain.stays(
                PlainMasking.row(attributions, image),
                metric.order(),
                metric.masking() == Masking.KEEP,
                curve.fractions().get(f));
        double[] logits = model.plainLogits(plain.masked(input, stays, fill));
        // Sums of 126 and 6 products of about 1 in single precision.
        assertThat(curve.value(image, f))
            .as("%s of image %s at %s", metric.name(), image, curve.fractions().get(f))
            .isCloseTo(PlainMasking.score(metric.score(), logits, LABELS[image]), within(1e-4));
      }
    }
  }

  @Test
  void aModelOfAFixedBatchGetsTheBatchesThatItTakes() {
    var random = new DataRandom(1);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    var attributions = ImmutableMap.of("first", attributions(random));
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 1, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var options = MaskingOptions.withDefaults().withFill(BLUR);
      var expected = MaskingEvaluation.of(model, options).evaluate(inputs, LABELS, attributions);
      var actual =
          MaskingEvaluation.of(model.withFixedBatch(5), options)
              .evaluate(inputs, LABELS, attributions);
      for (int i = 0; i < expected.curves().size(); i++) {
        // The order of the sums may differ with the batch.
        assertThat(actual.curves().get(i).values().values())
            .containsExactly(expected.curves().get(i).values().values(), within(1e-5f));
      }
    }
  }

  @Test
  void theMaskedInputsAreThoseThatTheModelSees() {
    var random = new DataRandom(1);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    FloatArray attributions = attributions(random);
    var plain = new PlainMasking(HEIGHT, WIDTH, CHANNELS);
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 1, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var masked = new MaskedInputs(model, BLUR);
      for (MaskingMetric metric : allMetrics()) {
        for (double fraction : new double[] {0, 0.1, 0.5, 1}) {
          FloatArray actual = masked.of(inputs, attributions, metric, fraction);
          for (int image = 0; image < IMAGES; image++) {
            float[] input = PlainMasking.row(inputs, image);
            boolean[] stays =
                plain.stays(
                    PlainMasking.row(attributions, image),
                    metric.order(),
                    metric.masking() == Masking.KEEP,
                    fraction);
            double[] fill = plain.blur(input, BLUR.size(), 4 * BLUR.sigma() * BLUR.sigma());
            assertThat(Floats.asList(PlainMasking.row(actual, image)))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1)
                .isEqualTo(
                    Floats.asList(
                        Floats.toArray(Doubles.asList(plain.masked(input, stays, fill)))));
          }
        }
      }
      assertThatThrownBy(() -> masked.of(inputs, attributions, MaskingMetric.KPM, 1.5))
          .hasMessage("the fraction must be in [0, 1], found 1.5");
      assertThatThrownBy(() -> masked.of(inputs, attributions.rows(0, 2), MaskingMetric.KPM, 1))
          .hasMessageStartingWith(
              "the attributions must be of the shape of the inputs [6, 7, 6, 3]");
    }
  }

  @Test
  void theAreaOfALinearModelIsThatComputedByHand() {
    try (GraphSession session = GraphSession.open()) {
      var model = new LinearModel(session, 2, -1, 3, 0.5f);
      FloatArray inputs = FloatArray.of(new float[] {1, 2, 1, -2}, 1, 4);
      // The contributions are 2, -2, 3 and -1; the attribution is exact.
      FloatArray exact = FloatArray.of(new float[] {2, -2, 3, -1}, 1, 4);
      var options =
          MaskingOptions.withDefaults()
              .withFill(Fill.constant(0))
              .withFractions(ImmutableDoubleArray.of(0.25, 0.5, 0.75, 1));
      var results =
          MaskingEvaluation.of(model, options)
              .evaluate(inputs, new int[] {1}, ImmutableMap.of("exact", exact));
      assertCurve(results, MaskingMetric.KPM, 3, 5, 5, 5);
      assertCurve(results, MaskingMetric.KNM, -2, -3, -3, -3);
      assertCurve(results, MaskingMetric.RPM, 2, 5, 5, 5);
      assertCurve(results, MaskingMetric.RNM, -1, -3, -3, -3);
      // 3; 3 - 2 or 3 + 2 (a tie, the lower index first); all; the sum of all is 2.
      assertCurve(results, MaskingMetric.KAM, 1, 1, 1, 1);
      assertCurve(results, MaskingMetric.RAM, 0, 1, 0, 1);
      // (3 + 5) / 2 / 4 + 5 / 4 + 5 / 4
      assertThat(results.curve("exact", MaskingMetric.KPM).auc()).isEqualTo(3.5);
      assertThat(results.curve("exact", MaskingMetric.RAM).auc()).isEqualTo(0.375);
    }
  }

  private static void assertCurve(MaskingResults results, MaskingMetric metric, double... scores) {
    assertThat(results.curve("exact", metric).scores().toArray())
        .as(metric.name())
        .containsExactly(scores);
  }

  @Test
  void noFirstPixelIsLostInRounding() {
    double[] fractions = KeptFractions.paper().toArray();
    assertThat(fractions).hasSize(16).startsWith(0.01).endsWith(1.0).isSorted();
    for (int i = 1; i < 16; i++) {
      assertThat(fractions[i] / fractions[i - 1]).isCloseTo(Math.pow(100, 1 / 15.0), within(1e-12));
    }
    var curve =
        new MaskingCurve(
            "any",
            MaskingMetric.KAM,
            KeptFractions.paper(),
            FloatArray.of(ones(16), 1, 16),
            ImmutableList.of("image"));
    assertThat(curve.auc()).isCloseTo(0.99, within(1e-12));
  }

  private static float[] ones(int size) {
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void batchesDoNotMatter() {
    var random = new DataRandom(4);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    var attributions = ImmutableMap.of("any", attributions(random));
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 4, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var options = MaskingOptions.withDefaults().withFill(BLUR);
      var large = MaskingEvaluation.of(model, options);
      var small = MaskingEvaluation.of(model, options.withMemoryBudget(1));
      var all = large.evaluate(inputs, LABELS, attributions);
      var single = small.evaluate(inputs, LABELS, attributions);
      for (MaskingMetric metric : options.metrics()) {
        var expected = all.curve("any", metric);
        var actual = single.curve("any", metric);
        assertThat(actual.imageIds()).isEqualTo(expected.imageIds()).doesNotHaveDuplicates();
        for (int f = 0; f < 16; f++) {
          assertThat(actual.scores().get(f)).isCloseTo(expected.scores().get(f), within(1e-4));
        }
      }
    }
  }

  @Test
  void progressEndsWhenAllIsDone() {
    var random = new DataRandom(5);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    List<Progress> progress = new ArrayList<>();
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 5, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var options =
          MaskingOptions.withDefaults().withFill(BLUR).withMaxBatch(16).withProgress(progress::add);
      var evaluation = MaskingEvaluation.of(model, options);
      evaluation.evaluate(
          inputs, LABELS, ImmutableMap.of("a", attributions(random), "b", attributions(random)));
      assertThat(progress).hasSizeGreaterThan(5).endsWith(new Progress(12, 12));
      assertThat(progress.stream().mapToLong(Progress::done).toArray()).isSorted();
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> evaluation.evaluate(inputs, LABELS, ImmutableMap.of("a", attributions(random))))
          .isInstanceOf(CancellationException.class)
          .hasMessage("the evaluation was interrupted at example 0 of 6");
    }
  }

  @Test
  void badInputIsNamed() {
    var random = new DataRandom(6);
    FloatArray inputs = ImageNet.normal(random, IMAGES, HEIGHT, WIDTH, CHANNELS);
    FloatArray broken = attributions(random);
    broken.values()[2 * broken.rowSize() + 5] = Float.NaN;
    try (GraphSession session = GraphSession.open()) {
      var model = new ImageNet(session, 6, CLASSES, HEIGHT, WIDTH, CHANNELS);
      var evaluation = MaskingEvaluation.of(model, MaskingOptions.withDefaults().withFill(BLUR));
      assertThatThrownBy(
              () -> evaluation.evaluate(inputs, LABELS, ImmutableMap.of("broken", broken)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the attributions of broken must be finite, found NaN in image 2, value 5 of 126");
      assertThatThrownBy(
              () -> evaluation.evaluate(inputs, new int[] {0, 1}, ImmutableMap.of("a", broken)))
          .hasMessage("there must be one label for each of 6 rows, found 2");
      assertThatThrownBy(
              () ->
                  evaluation.evaluate(
                      inputs, new int[] {0, 1, 4, 0, 0, 0}, ImmutableMap.of("a", broken)))
          .hasMessage("labels must be in [0, 4), found 4 in row 2");
      assertThatThrownBy(() -> evaluation.evaluate(inputs, LABELS, ImmutableMap.of()))
          .hasMessage("there must be at least one method, found none");
      assertThatThrownBy(
              () ->
                  evaluation.evaluate(
                      inputs, LABELS, ImmutableMap.of("a", FloatArray.zeros(6, 7, 6, 1))))
          .hasMessage(
              "the attributions of a must be of the shape of the inputs [6, 7, 6, 3], found"
                  + " [6, 7, 6, 1]");
    }
  }

  @Test
  void optionsAreChecked() {
    var options = MaskingOptions.withDefaults();
    assertThatThrownBy(() -> options.withFractions(ImmutableDoubleArray.of(0.5, 0.2)))
        .hasMessage("fractions must be in [0, 1] and increase, found [0.5, 0.2]");
    assertThatThrownBy(() -> options.withMetrics(MaskingMetric.KPM, MaskingMetric.KPM))
        .hasMessageStartingWith("the names of the metrics must differ");
    assertThatThrownBy(() -> options.withMemoryBudget(0))
        .hasMessage("the memory budget must be at least 1 byte, found 0");
  }
}
