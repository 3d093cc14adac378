package org.xgradient.report.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintTest {

  /** Light and dark pages, and stripes on them, which have three hundredths of the ink. */
  private static final List<String> PAPERS = List.of("#ffffff", "#f8f8f9", "#15191e", "#1b1f24");

  /** A style sheet can't read the palette, so it has it once more. */
  @Test
  void whatRaisesAndLowersHasOneColourInChartsAndOnPages() throws IOException {
    try (InputStream css = Paint.class.getResourceAsStream("/org/xgradient/report/report.css")) {
      assertThat(new String(css.readAllBytes(), StandardCharsets.UTF_8))
          .contains("--positive: " + numbers(Paint.POSITIVE) + ";")
          .contains("--negative: " + numbers(Paint.NEGATIVE) + ";");
    }
  }

  /** What WCAG 2.2 (1.4.11) asks of graphics, on the light page and on the dark one. */
  @Test
  void whatAPointStandsForIsSeenOnEveryPage() {
    List<String> colors = new ArrayList<>();
    for (int shade = 0; shade <= Paint.shades(); shade++) {
      colors.add(Paint.shadeColor(shade));
    }
    for (int series = 0; series < 8; series++) {
      colors.add(Paint.seriesColor(series));
    }
    for (String color : colors) {
      for (String paper : PAPERS) {
        assertThat(contrast(color, paper)).as("%s on %s", color, paper).isGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void shadesGrowLighterAllAlong() {
    for (int shade = 1; shade < Paint.shades(); shade++) {
      assertThat(luminance(Paint.shadeColor(shade)))
          .isGreaterThan(luminance(Paint.shadeColor(shade - 1)));
    }
  }

  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  /** As WCAG defines it for sRGB. */
  private static double luminance(String paint) {
    float[] parts = Color.decode(paint).getRGBColorComponents(null);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double part = parts[i];
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static String numbers(String paint) {
    Color color = Color.decode(paint);
    return "%d %d %d".formatted(color.getRed(), color.getGreen(), color.getBlue());
  }
}
