package org.xgradient.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0.81234, 0.00413, 0.8123 ± 0.0041",
    "0.5, 0.5, 0.50 ± 0.50",
    "0.81234, 0.00996, 0.812 ± 0.010",
    "12345, 123, 12340 ± 120",
    "-0.0012, 0.0009, -0.00120 ± 0.00090",
    "1.2344e-9, 2e-11, (1.234 ± 0.020)e-9",
    "3.21e12, 4.5e10, (3.210 ± 0.045)e12",
    "0, 0.1, 0.00 ± 0.10",
    "0.7, 0, 0.7000 ± 0",
    "0.81234, NaN, 0.8123",
    "NaN, 0.1, n/a",
    "NaN, NaN, n/a"
  })
  void meansHaveAsManyDecimalsAsTheirErrors(double mean, double error, String text) {
    assertThat(Numbers.meanAndError(mean, error)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.775, 0.771, 0.782, 0.7750 (0.7710 to 0.7820)",
    "5, 1, 9, 5.0 (1.0 to 9.0)",
    "2e-8, 1e-8, 4e-8, 2.0e-8 (1.0e-8 to 4.0e-8)",
    "3, 3, 3, 3",
    "0.5, NaN, NaN, 0.5000"
  })
  void intervalsHaveEqualDecimals(double value, double low, double high, String text) {
    assertThat(Numbers.interval(value, low, high)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.812345, 4, 0.8123",
    "0.5, 4, 0.5000",
    "0.7, 4, 0.7000",
    "3, 4, 3",
    "128, 2, 130",
    "99999.5, 3, 100000",
    "1234567, 3, 1.23e6",
    "0.00012345, 3, 0.000123",
    "0.000012345, 3, 1.23e-5",
    "-1e-9, 2, -1.0e-9",
    "0, 3, 0",
    "NaN, 3, n/a",
    "-Infinity, 3, -infinite"
  })
  void keepsTheSignificantDigits(double value, int digits, String text) {
    assertThat(Numbers.significant(value, digits)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.00 x", "1.5249, 1.52 x", "9.996, 10.0 x", "41.26, 41.3 x", "512.4, 512 x"})
  void ratios(double ratio, String text) {
    assertThat(Numbers.ratio(ratio)).isEqualTo(text);
  }

  @Test
  void sharesAndFixedDecimals() {
    assertThat(Numbers.percent(0.12345)).isEqualTo("12.3 %");
    assertThat(Numbers.percent(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.fixed(2, 3)).isEqualTo("2.000");
    assertThat(Numbers.fixed(Double.NaN, 3)).isEqualTo("n/a");
    assertThat(Numbers.ratio(Double.NaN)).isEqualTo("n/a");
    assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
    assertThat(Numbers.count(1, "row")).isEqualTo("1 row");
    assertThat(Numbers.count(0, "row")).isEqualTo("0 rows");
    assertThat(Numbers.count(1234, "row")).isEqualTo("1,234 rows");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "850, 850 ns",
    "999600, 1.00 ms",
    "12345000, 12.3 ms",
    "4560000000, 4.56 s",
    "59960000000, 1 min 0 s",
    "125000000000, 2 min 5 s",
    "3599600000000, 1 h 0 min",
    "4320000000000, 1 h 12 min",
    "-2500000000, -2.50 s"
  })
  void durationsHaveTheUnitThatSuitsThem(long nanos, String text) {
    assertThat(Numbers.duration(Duration.ofNanos(nanos))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1 kB",
    "1500, 1.50 kB",
    "999600, 1.00 MB",
    "1500000000, 1.50 GB",
    "-1500, -1.50 kB",
    "9223372036854775807, 9.22 EB"
  })
  void sizesAreInPowersOfThousand(long bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Numbers.meanAndError(1, -0.5))
        .hasMessage("a standard error must be at least 0, found -0.5");
    assertThatThrownBy(() -> Numbers.significant(1.5, 0))
        .hasMessage("digits must be at least 1, found 0");
    assertThatThrownBy(() -> Numbers.interval(1, 3, 2))
        .hasMessage("an interval must be from low to high, found [3.0, 2.0]");
  }
}
