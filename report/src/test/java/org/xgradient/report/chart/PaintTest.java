package org.xgradient.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PaintTest {

  /** A style sheet can't read the palette, so it has it once more. */
  @Test
  void whatRaisesAndLowersHasOneColourInChartsAndOnPages() throws IOException {
    try (InputStream css = Paint.class.getResourceAsStream("/org/xgradient/report/report.css")) {
      assertThat(new String(css.readAllBytes(), StandardCharsets.UTF_8))
          .contains("--positive: " + numbers(Paint.POSITIVE) + ";")
          .contains("--negative: " + numbers(Paint.NEGATIVE) + ";");
    }
  }

  private static String numbers(String paint) {
    Color color = Color.decode(paint);
    return "%d %d %d".formatted(color.getRed(), color.getGreen(), color.getBlue());
  }
}
