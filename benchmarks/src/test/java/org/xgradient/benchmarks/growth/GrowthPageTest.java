package org.xgradient.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthPageTest {

  /** A start of 2, and then a square of the size. */
  private static final GrowthLine LINE =
      new GrowthLine(
          "explaining",
          "rows",
          ImmutableDoubleArray.of(1, 1000, 10_000),
          ImmutableDoubleArray.of(2, 1e6, 1e8),
          ImmutableDoubleArray.of(300, 310, 320));

  @Test
  void theSlopeIsThatOfTheLastStep() {
    assertThat(LINE.slopeOfTime()).isCloseTo(2, within(1e-12));
    assertThat(LINE.slopeOfMemory()).isCloseTo(Math.log10(320.0 / 310), within(1e-12));
  }

  @Test
  void eachLineHasChartsAndARow(@TempDir Path folder) throws Exception {
    GrowthPage page = new GrowthPage(ImmutableList.of(LINE));
    Path file = folder.resolve("growth.html");
    page.write(file);
    assertThat(file)
        .content()
        .contains("seconds by rows", "peak of resident memory, MB by rows")
        .contains("Slope of the time at the end: 2.00, of the memory: 0.01.");
    assertThat(page.text()).containsPattern("explaining +rows +1 +10,000 .* 2.00 +300 +320 +0.01");
  }
}
