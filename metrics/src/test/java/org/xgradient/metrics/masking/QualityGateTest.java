package org.xgradient.metrics.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.Direction;

class QualityGateTest {

  private static final int IMAGES = 50;

  @TempDir Path directory;

  /** Images that differ by about 1, and differences from image to image of about 0.1. */
  private static MaskingCurve curve(MaskingMetric metric, double shift, long noiseSeed) {
    var images = new DataRandom(1);
    var noise = new DataRandom(noiseSeed);
    FloatArray values = FloatArray.zeros(IMAGES, 3);
    ImmutableList.Builder<String> ids = ImmutableList.builder();
    for (int image = 0; image < IMAGES; image++) {
      double level = images.nextGaussian();
      for (int f = 0; f < 3; f++) {
        values.values()[image * 3 + f] = (float) (level + shift + 0.1 * noise.nextGaussian());
      }
      ids.add("image" + image);
    }
    return new MaskingCurve("XG", metric, ImmutableDoubleArray.of(0, 0.5, 1), values, ids.build());
  }

  @Test
  void passesWhatIsNoWorse() {
    var gate = QualityGate.allowing(0.1);
    for (MaskingMetric metric : MaskingMetric.FAMILIES) {
      var baseline = curve(metric, 0, 2);
      assertThatCode(() -> gate.check(baseline, baseline)).doesNotThrowAnyException();
      assertThatCode(() -> gate.check(curve(metric, 0, 3), baseline)).doesNotThrowAnyException();
      double better = metric.direction() == Direction.HIGHER_IS_BETTER ? 1 : -1;
      assertThatCode(() -> gate.check(curve(metric, better, 3), baseline))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> gate.check(curve(metric, -better, 3), baseline))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void theBoundDecidesAndNotTheMean() {
    var baseline = curve(MaskingMetric.KPM, 0, 2);
    var current = curve(MaskingMetric.KPM, 0, 3);
    var improvement = current.improvementOver(baseline);
    double bound = improvement.lowerBound(0.95);
    assertThat(bound).isLessThan(improvement.mean());
    assertThatCode(() -> QualityGate.allowing(-bound + 1e-9).check(current, baseline))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> QualityGate.allowing(-bound - 1e-9).check(current, baseline))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () -> QualityGate.allowing(-bound + 1e-9).withConfidence(0.99).check(current, baseline))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theMessageShowsBothCurves() {
    var baseline = curve(MaskingMetric.KNM, 0, 2);
    var current = curve(MaskingMetric.KNM, 0.5, 3);
    assertThatThrownBy(() -> QualityGate.allowing(0.05).check(current, baseline))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "KNM of XG (lower is better) may be worse than the baseline of XG by more than 0.05:"
                + " the mean improvement over 50 images is -0.5")
        .hasMessageContaining("with confidence 0.95, and must be at least -0.05")
        .hasMessageContaining("fraction      0.000     0.5000      1.000")
        .hasMessageContaining("baseline: AUC %.6g".formatted(baseline.auc()))
        .hasMessageContaining("%10.4g".formatted(current.scores().get(1)));
  }

  @Test
  void aBaselineIsReadAsItWasWritten() throws IOException {
    var curve = curve(MaskingMetric.RAM, 0, 2);
    Path file = directory.resolve("ram.csv");
    BaselineFile.write(file, curve);
    MaskingCurve read = BaselineFile.read(file);
    assertThat(read).isEqualTo(curve);
    QualityGate.allowing(0).check(curve, file);
    assertThat(Files.readAllLines(file)).hasSize(IMAGES + 1);
  }

  @Test
  void aMissingBaselineFailsTheTest() {
    Path file = directory.resolve("none.csv");
    assertThatThrownBy(() -> QualityGate.allowing(0).check(curve(MaskingMetric.KPM, 0, 2), file))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("there is no baseline")
        .hasMessageContaining("BaselineFile.write");
  }

  @Test
  void brokenBaselinesAreNamed() throws IOException {
    Path file = directory.resolve("kpm.csv");
    BaselineFile.write(file, curve(MaskingMetric.KPM, 0, 2));
    String good = Files.readString(file);
    Files.writeString(file, good.replaceFirst("KEEP", "KEEEP"));
    assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("kpm.csv, line 3");
    Files.writeString(file, good.replace("KEEP", "KEEEP"));
    assertThatThrownBy(() -> BaselineFile.read(file))
        .hasMessageContaining("kpm.csv, line 2: must name a metric, found [KPM, POSITIVE, KEEEP");
    Files.writeString(file, "a,b\n1,2\n");
    assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("must hold a masking");
    Files.writeString(file, good.replaceFirst("(image1,)[^,]*", "$1x"));
    assertThatThrownBy(() -> BaselineFile.read(file))
        .hasMessageContaining("line 3: must hold numbers, found 'x'");
  }

  @Test
  void onlyCurvesOfTheSameImagesAreCompared() {
    var curve = curve(MaskingMetric.KPM, 0, 2);
    var gate = QualityGate.allowing(0);
    assertThatThrownBy(() -> gate.check(curve, curve(MaskingMetric.KNM, 0, 2)))
        .hasMessageStartingWith("curves must be of the same metric and fractions, found KPM");
    var fewer =
        new MaskingCurve(
            "XG",
            MaskingMetric.KPM,
            curve.fractions(),
            curve.values().rows(0, 2),
            ImmutableList.of("image0", "other"));
    assertThatThrownBy(() -> gate.check(curve, fewer))
        .hasMessage("curves must be of the same images, found 50 and 2 images");
    var two =
        new MaskingCurve(
            "XG",
            MaskingMetric.KPM,
            curve.fractions(),
            curve.values().rows(0, 2),
            curve.imageIds().subList(0, 2));
    assertThatThrownBy(() -> gate.check(two, fewer))
        .hasMessage("curves must be of the same images, found image1 and other as image 1");
  }

  @Test
  void aCurveThatIsNotThereIsNamed() {
    var results = new MaskingResults(ImmutableList.of(curve(MaskingMetric.KPM, 0, 2)));
    assertThatThrownBy(() -> results.curve("IG", MaskingMetric.KPM))
        .hasMessage("there is no curve of KPM for IG; there are methods [XG] and metrics [KPM]");
  }

  @Test
  void theAreaOfTheMeanIsTheMeanOfTheAreas() {
    var curve = curve(MaskingMetric.KPM, 0, 2);
    double[] scores = curve.scores().toArray();
    assertThat(curve.auc()).isCloseTo((scores[0] + 2 * scores[1] + scores[2]) / 4, within(1e-12));
  }
}
