package org.xgradient.experiments.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.attribution.Quadrature.Rule;
import org.xgradient.data.DataException;
import org.xgradient.data.Provenance;
import org.xgradient.experiments.ConfigurationSource;
import org.xgradient.experiments.Configurations;
import org.xgradient.experiments.ExperimentResults;
import org.xgradient.experiments.Finding;
import org.xgradient.experiments.Finding.Verdict;
import org.xgradient.metrics.masking.MaskingMetric;

/** The experiments on networks that are trained here, with few images. */
class ImageExperimentsTest {

  private static final ImageSubjects SMALL =
      new ImageSubjects(List.of(), "", ImageTarget.LABEL, List.of(), 160, 2, 24, List.of(1L));

  private static final ImageTask REGULAR = new ImageTask("convnet", "", 1);
  private static final ImageTask HOMOGENEOUS = new ImageTask("x-convnet", "", 1);

  private static <C, R> ExperimentResults<C, ImageTask, R> run(
      ImageExperiment<C, R> experiment, C configuration) {
    ImmutableMap.Builder<ImageTask, R> results = ImmutableMap.builder();
    try (var worker = experiment.prepare(configuration).workers().get()) {
      experiment.tasks(configuration).forEach(task -> results.put(task, worker.run(task)));
    }
    return results(configuration, results.buildOrThrow());
  }

  private static <C, R> ExperimentResults<C, ImageTask, R> results(
      C configuration, ImmutableMap<ImageTask, R> results) {
    return new ExperimentResults<>(configuration, results, Provenance.ofThisProcess());
  }

  private static <C, R> R only(ExperimentResults<C, ImageTask, R> results, ImageTask task) {
    return results.of(task::equals).get(0);
  }

  @Test
  void contrastChangesNoClearDecisionOfANetworkWithoutBiases() {
    var experiment = new ContrastExperiment();
    List<Double> contrasts = IntStream.range(0, 10).mapToObj(i -> (10 - i) / 10.0).toList();
    // Untrained networks, whose logits are near one another, and trained ones.
    var many =
        new ImageSubjects(
            List.of(), "", ImageTarget.LABEL, List.of(), 32, 1, 400, List.of(1L, 2L, 3L));
    var results = run(experiment, new ContrastExperiment.Configuration(many, contrasts));
    assertThat(results.results().keySet()).hasSize(6).contains(REGULAR, HOMOGENEOUS);
    var changes = experiment.changes(results, "x-convnet");
    assertThat(changes.clear() + changes.close()).isEqualTo(1200);
    assertThat(changes.clear()).isGreaterThan(1100);
    assertThat(changes.clearChanged()).isZero();
    assertThat(changes.closeChanged()).isLessThanOrEqualTo(changes.close());
    assertThat(experiment.changes(results, "convnet").clearChanged()).isPositive();
    for (int i = 0; i < contrasts.size(); i++) {
      assertThat(experiment.accuracies(results, "x-convnet", i)).hasSize(1200);
    }
  }

  @Test
  void sentencesAboutContrastTurn() {
    var experiment = new ContrastExperiment();
    var configuration = new ContrastExperiment.Configuration(SMALL, List.of(1.0, 0.5));
    var stays = new ContrastExperiment.Image(.5, List.of(true, true), List.of(true, true));
    var falls = new ContrastExperiment.Image(.5, List.of(true, false), List.of(true, false));
    var near = new ContrastExperiment.Image(1e-6, List.of(true, false), List.of(true, false));
    var good =
        ImmutableMap.of(
            REGULAR, new ContrastExperiment.Result(false, List.of(falls, falls, falls)),
            HOMOGENEOUS, new ContrastExperiment.Result(true, List.of(stays, stays, near)));
    List<Finding> agree = experiment.findings(results(configuration, good));
    assertThat(agree.get(1).sentence())
        .startsWith("x-convnet: of 2 images")
        .contains("0 change", "of the other 1, 1 do", "this agrees");
    assertThat(agree.get(1).verdict()).isEqualTo(Verdict.AGREES);
    assertThat(agree.get(0).verdict()).isEqualTo(Verdict.AGREES);
    var bad =
        ImmutableMap.of(
            REGULAR, new ContrastExperiment.Result(false, List.of(stays, stays, stays)),
            HOMOGENEOUS, new ContrastExperiment.Result(true, List.of(falls, falls, falls)));
    List<Finding> differ = experiment.findings(results(configuration, bad));
    assertThat(differ).extracting(Finding::verdict).containsOnly(Verdict.DIFFERS);
    assertThat(differ.get(1).sentence()).contains("3 change", "this differs from the paper");
  }

  @Test
  void oneGradientIsExactWithoutBiases() {
    var experiment = new BiasRemovalExperiment();
    var results = run(experiment, new BiasRemovalExperiment.Configuration(SMALL, 16, 8));
    assertThat(experiment.differences(results, "x-convnet")).hasSize(3);
    // Rounding in single precision; on single gradients at kinks it can be more.
    assertThat(largest(experiment.differences(results, "x-convnet"))).isLessThan(5e-3);
    assertThat(smallest(experiment.differences(results, "convnet"))).isGreaterThan(0.01);
    assertThat(experiment.accuracies(results, "convnet", 1)).hasSize(24).containsOnly(0, 1);
    assertThat(only(results, REGULAR).homogeneous()).isFalse();
    assertThat(only(results, HOMOGENEOUS).homogeneous()).isTrue();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double smallest(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  @Test
  void accuracyOfAPairIsAgainstTheRegularNetwork() {
    var experiment = new BiasRemovalExperiment();
    var regular =
        new BiasRemovalExperiment.Result(
            false, List.of(image(3, 3, 1), image(4, 4, 0)), List.of(0.8, 0.9));
    var homogeneous =
        new BiasRemovalExperiment.Result(
            true, List.of(image(3, 3, 2), image(5, 5, 4)), List.of(0.0, 0.001));
    var results =
        results(
            new BiasRemovalExperiment.Configuration(SMALL, 1, 1),
            ImmutableMap.of(REGULAR, regular, HOMOGENEOUS, homogeneous));
    assertThat(experiment.accuracies(results, "x-convnet", 1)).containsExactly(1, 0);
    assertThat(experiment.accuracies(results, "x-convnet", 2)).containsExactly(1, 1);
    assertThat(experiment.findings(results).get(0).verdict()).isEqualTo(Verdict.AGREES);
    var swapped =
        results(
            new BiasRemovalExperiment.Configuration(SMALL, 1, 1),
            ImmutableMap.of(REGULAR, homogeneous, HOMOGENEOUS, regular));
    assertThat(experiment.findings(swapped).get(2).sentence())
        .contains("x-convnet is higher than convnet", "differs from the paper");
  }

  private static BiasRemovalExperiment.Image image(int label, Integer... top) {
    return new BiasRemovalExperiment.Image(label, List.of(top));
  }

  @Test
  void maskingRanksIntegratedGradientsAndXGradientAlike() {
    var experiment = new MaskingExperiment();
    var results = run(experiment, new MaskingExperiment.Configuration(SMALL, 8));
    assertThat(experiment.methods(results, "convnet"))
        .containsExactly("IG", "Random", "Gradient", "EG(1)");
    assertThat(experiment.methods(results, "x-convnet")).contains("X-Gradient").hasSize(5);
    for (MaskingMetric metric : MaskingExperiment.METRICS) {
      double[] fast = experiment.areas(results, "x-convnet", "X-Gradient", metric);
      double[] slow = experiment.areas(results, "x-convnet", "IG", metric);
      assertThat(fast).hasSize(24);
      // Rounding can swap pixels that count almost alike.
      assertThat(mean(fast)).isCloseTo(mean(slow), within(0.05));
    }
    assertThat(experiment.areas(results, "convnet", "X-Gradient", MaskingMetric.KPM)).isEmpty();
    assertThat(experiment.findings(results)).hasSize(2 * 11 + 4);
  }

  @Test
  void sentencesAboutMaskingTurn() {
    var experiment = new MaskingExperiment();
    ImmutableList.Builder<MaskingExperiment.Scores> scores = ImmutableList.builder();
    for (MaskingMetric metric : MaskingExperiment.METRICS) {
      // As if random attributions were the best.
      boolean high = metric.equals(MaskingMetric.KPM) || metric.equals(MaskingMetric.KAM);
      for (String method : List.of("IG", "Random", "Gradient", "EG(1)")) {
        double value = method.equals("IG") == high ? 1 : 2;
        scores.add(
            new MaskingExperiment.Scores(method, metric.name(), List.of(value, value + .1, value)));
      }
    }
    var results =
        results(
            new MaskingExperiment.Configuration(SMALL, 1),
            ImmutableMap.of(REGULAR, new MaskingExperiment.Result(false, scores.build())));
    List<Finding> findings = experiment.findings(results);
    assertThat(findings.get(0).sentence())
        .startsWith("KPM on convnet: IG is lower than Random by 1")
        .endsWith("this differs from the paper, which has it higher.");
    assertThat(findings.get(1).verdict()).isEqualTo(Verdict.DIFFERS);
  }

  @Test
  void oneMidpointIsEnoughWithoutBiasesAndTheStartOfThePathIsNot() {
    var experiment = new ConvergenceExperiment();
    var configuration =
        new ConvergenceExperiment.Configuration(
            SMALL,
            List.of(Rule.GAUSS_LEGENDRE, Rule.RIEMANN_LEFT, Rule.MIDPOINT),
            List.of(1, 4),
            32);
    var results = run(experiment, configuration);
    double size =
        mean(only(results, HOMOGENEOUS).magnitudes().stream().mapToDouble(d -> d).toArray());
    double midpoint = mean(experiment.differences(results, "x-convnet", Rule.MIDPOINT, 1));
    assertThat(midpoint).isLessThan(5e-3 * size);
    // At the zero image all ReLUs are at their kink, where the gradient is taken as 0.
    double left = mean(experiment.differences(results, "x-convnet", Rule.RIEMANN_LEFT, 1));
    assertThat(left).isCloseTo(size, within(1e-6 * size));
    double regular = mean(experiment.differences(results, "convnet", Rule.MIDPOINT, 1));
    assertThat(regular).isGreaterThan(10 * midpoint);
    assertThat(experiment.findings(results)).extracting(Finding::verdict).contains(Verdict.AGREES);
  }

  @Test
  void lowContrastTurnsAttributionsOfRegularNetworksOnly() {
    var experiment = new AttributionsExperiment();
    var few =
        new ImageSubjects(List.of(), "", ImageTarget.LABEL, List.of(), 160, 2, 3, List.of(1L));
    var results =
        run(experiment, new AttributionsExperiment.Configuration(few, List.of(1.0, 0.3), 16));
    var image = only(results, HOMOGENEOUS).images().get(0);
    assertThat(Base64.getDecoder().decode(image.map("X-Gradient", 0.3).picture()))
        .startsWith(0x89, 'P', 'N', 'G');
    double[] turned =
        experiment.numbers(
            results, "x-convnet", "X-Gradient", 0.3, AttributionsExperiment.Drawn::angle);
    assertThat(turned).hasSize(3);
    assertThat(largest(turned)).isLessThan(0.1);
    double[] turnedRegular =
        experiment.numbers(results, "convnet", "IG", 0.3, AttributionsExperiment.Drawn::angle);
    assertThat(smallest(turnedRegular)).isGreaterThan(0.1);
  }

  @Test
  void anglesAndDifferencesAreThoseOfTheVectors() {
    assertThat(Vectors.angle(new float[] {1, 0}, new float[] {2, 2})).isCloseTo(45, within(1e-6));
    assertThat(Vectors.angle(new float[] {0, 0}, new float[] {0, 0})).isZero();
    assertThat(Vectors.angle(new float[] {0, 0}, new float[] {0, 1})).isEqualTo(90);
    assertThat(Vectors.relativeDifference(new float[] {1, -3}, new float[] {2, -3})).isEqualTo(.25);
    RankedLogits ranked = RankedLogits.of(new float[] {1, 4, 4, -2});
    assertThat(ranked.top(3)).containsExactly(1, 2, 0);
    assertThat(ranked.margin()).isZero();
    assertThat(RankedLogits.of(new float[] {9, 9, 1, 4}, 1, 2).margin()).isEqualTo(.75);
  }

  @Test
  void digitsAreDrawnFromFilesInTheFormOfMnist(@TempDir Path folder) throws IOException {
    int size = 60;
    int side = 12;
    ByteBuffer images = ByteBuffer.allocate(16 + size * side * side);
    images.putInt(2051).putInt(size).putInt(side).putInt(side);
    ByteBuffer labels = ByteBuffer.allocate(8 + size);
    labels.putInt(2049).putInt(size);
    for (int i = 0; i < size; i++) {
      labels.put((byte) (i % 10));
      for (int pixel = 0; pixel < side * side; pixel++) {
        images.put((byte) (pixel / side == i % 10 ? 255 : 7 * i));
      }
    }
    List<String> idx =
        List.of(
            Files.write(folder.resolve("images"), images.array()).toString(),
            Files.write(folder.resolve("labels"), labels.array()).toString());
    var experiment = new ContrastExperiment();
    var digits = new ImageSubjects(List.of(), "", ImageTarget.LABEL, idx, 40, 1, 20, List.of(1L));
    var configuration = new ContrastExperiment.Configuration(digits, List.of(1.0, 0.5));
    assertThat(experiment.prepare(configuration).facts().keySet()).containsExactlyElementsOf(idx);
    var results = run(experiment, configuration);
    assertThat(experiment.accuracies(results, "convnet", 0)).hasSize(20);
    assertThat(experiment.changes(results, "x-convnet").clearChanged()).isZero();

    var many = new ImageSubjects(List.of(), "", ImageTarget.LABEL, idx, 41, 1, 20, List.of(1L));
    assertThatThrownBy(
            () -> run(experiment, new ContrastExperiment.Configuration(many, List.of(1.0, 0.5))))
        .hasMessageContaining("must be at most 60 together")
        .hasMessageContaining("found 61");
  }

  @Test
  void configurationsAreReadAndChecked() {
    for (ImageExperiment<?, ?> experiment :
        List.of(
            new BiasRemovalExperiment(),
            new MaskingExperiment(),
            new ContrastExperiment(),
            new AttributionsExperiment(),
            new ConvergenceExperiment())) {
      assertThat(Configurations.read(experiment, true, List.of())).isNotNull();
      assertThat(experiment.defaults()).contains("// The networks: model directories");
    }
    var contrast = new ContrastExperiment();
    assertThat(Configurations.read(contrast, false, List.of()).subjects().count()).isEqualTo(50000);
    assertThatThrownBy(
            () ->
                Configurations.read(
                    contrast, false, List.of(ConfigurationSource.ofSettings(List.of("count=1")))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("\"count\" must be at least 2, found 1");
    assertThatThrownBy(
            () ->
                Configurations.read(
                    contrast,
                    false,
                    List.of(ConfigurationSource.ofSettings(List.of("contrasts=[1.0,2.0]")))))
        .hasMessageContaining("\"contrasts\" must fall");
    assertThatThrownBy(
            () ->
                Configurations.read(
                    contrast,
                    false,
                    List.of(ConfigurationSource.ofSettings(List.of("models=[\"m\"]")))))
        .hasMessageContaining("\"images\" must be the folder");
  }
}
