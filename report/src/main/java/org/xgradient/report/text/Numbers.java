package org.xgradient.report.text;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.xgradient.data.SampleMean;

/** Numbers as people write them: no more digits than mean something. */
public final class Numbers {

  /** What stands for a number that is not known. */
  public static final String MISSING = "n/a";

  private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int DEFAULT_DIGITS = 4;
  private static final int PLAIN_DIGITS = 6;

  private Numbers() {}

  /** {@return a mean and its standard error, as people write them} */
  public static String meanAndError(SampleMean mean) {
    return meanAndError(mean.mean(), mean.error());
  }

  /**
   * A mean with its standard error: {@code 0.8123 ± 0.0041}. The error has two significant digits,
   * the mean as many decimals.
   *
   * @param mean the mean
   * @param error the standard error; NaN if unknown, as of a single value, which shows the mean
   *     only
   * @return the text
   * @throws IllegalArgumentException if the error is negative
   */
  public static String meanAndError(double mean, double error) {
    checkArgument(!(error < 0), "a standard error must be at least 0, found %s", error);
    if (!Double.isFinite(mean) || !Double.isFinite(error)) {
      return significant(mean, DEFAULT_DIGITS);
    }
    if (error == 0) {
      return significant(mean, DEFAULT_DIGITS) + " ± 0";
    }
    int decimals = decimals(error);
    double largest = Math.max(Math.abs(mean), error);
    int exponent = isPlain(largest) ? 0 : TickLabels.floorLog10(largest);
    String text = shifted(mean, decimals, exponent) + " ± " + shifted(error, decimals, exponent);
    return exponent == 0 ? text : "(" + text + ")e" + exponent;
  }

  /**
   * A number with its interval: {@code 0.7750 (0.7710 to 0.7820)}. Half the interval has two
   * significant digits, and all three numbers have as many decimals.
   *
   * @param value the number
   * @param low the low end of the interval
   * @param high the high end of the interval, at least the low one
   * @return the text
   * @throws IllegalArgumentException if the ends are in the wrong order
   */
  public static String interval(double value, double low, double high) {
    checkArgument(!(low > high), "an interval must be from low to high, found [%s, %s]", low, high);
    if (!Double.isFinite(value) || !Double.isFinite(high - low) || low == high) {
      return significant(value, DEFAULT_DIGITS);
    }
    int decimals = decimals((high - low) / 2);
    double largest = Math.max(Math.abs(low), Math.abs(high));
    int exponent = isPlain(largest) ? 0 : TickLabels.floorLog10(largest);
    String power = exponent == 0 ? "" : "e" + exponent;
    return shifted(value, decimals, exponent)
        + power
        + " ("
        + shifted(low, decimals, exponent)
        + power
        + " to "
        + shifted(high, decimals, exponent)
        + power
        + ")";
  }

  /**
   * A number with so many significant digits: {@code 0.8123}, {@code 0.5000}, {@code 12350}, {@code
   * 1.2e-9}. A whole number has no decimals: {@code 3}.
   *
   * @param value the number
   * @param digits how many digits, at least 1
   * @return the text; {@value #MISSING} for NaN
   */
  public static String significant(double value, int digits) {
    checkArgument(digits >= 1, "digits must be at least 1, found %s", digits);
    if (Double.isNaN(value)) {
      return MISSING;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    if (value != Math.rint(value)) {
      rounded = rounded.setScale(rounded.scale() + digits - rounded.precision());
    }
    if (isPlain(Math.abs(value))) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }

  /**
   * A number with a fixed count of decimals, so that a column of them lines up.
   *
   * @param value the number
   * @param decimals how many digits after the point, at least 0
   * @return the text; {@value #MISSING} for NaN
   */
  public static String fixed(double value, int decimals) {
    checkArgument(decimals >= 0, "decimals must be at least 0, found %s", decimals);
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : significant(value, 1);
  }

  /**
   * How many times one thing is another: {@code 1.52 x}.
   *
   * @param ratio the ratio
   * @return the text; {@value #MISSING} for NaN
   */
  public static String ratio(double ratio) {
    int decimals = Math.abs(ratio) < 9.995 ? 2 : Math.abs(ratio) < 99.95 ? 1 : 0;
    return Double.isNaN(ratio) ? MISSING : fixed(ratio, decimals) + " x";
  }

  /**
   * A share of a whole: {@code 12.3 %}.
   *
   * @param fraction the share; 1 is the whole
   * @return the text; {@value #MISSING} for NaN
   */
  public static String percent(double fraction) {
    return Double.isFinite(fraction) ? fixed(100 * fraction, 1) + " %" : significant(fraction, 1);
  }

  /**
   * A time in the unit that suits it: {@code 850 µs}, {@code 12.3 ms}, {@code 4.56 s}, {@code 2 min
   * 5 s}, {@code 1 h 12 min}.
   *
   * @param duration the time
   * @return the text
   */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 59.95) {
      return shortDuration(seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes / 60 + " h " + minutes % 60 + " min";
  }

  /**
   * A size in memory or on disk, in powers of 1000: {@code 512 B}, {@code 1.50 GB}.
   *
   * @param bytes the size
   * @return the text
   */
  public static String bytes(long bytes) {
    if (Math.abs((double) bytes) < 1000) {
      return bytes + " B";
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (Math.abs(value) >= 999.5) {
      value /= 1000;
      unit++;
    }
    return significant(value, 3) + " " + BYTE_UNITS[unit];
  }

  /**
   * A count of things: {@code 1 row}, {@code 12,345 rows}.
   *
   * @param count the count
   * @param noun what is counted, in the singular, of which the plural ends with an s more
   * @return the text
   */
  public static String count(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  /**
   * A count with its thousands set apart: {@code 12,345}.
   *
   * @param count the count
   * @return the text
   */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String shortDuration(double seconds) {
    if (seconds == 0) {
      return "0 s";
    }
    if (seconds >= 0.9995) {
      return significant(seconds, 3) + " s";
    }
    if (seconds >= 0.9995e-3) {
      return significant(seconds * 1e3, 3) + " ms";
    }
    return seconds >= 0.9995e-6
        ? significant(seconds * 1e6, 3) + " µs"
        : significant(seconds * 1e9, 3) + " ns";
  }

  /** How many decimals give an error two significant digits, after rounding; may be negative. */
  private static int decimals(double error) {
    BigDecimal rounded = new BigDecimal(error).round(new MathContext(2));
    return 2 - (rounded.precision() - rounded.scale());
  }

  private static String shifted(double value, int decimals, int exponent) {
    return new BigDecimal(value)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .movePointLeft(exponent)
        .toPlainString();
  }

  private static boolean isPlain(double magnitude) {
    int exponent = magnitude == 0 ? 0 : TickLabels.floorLog10(magnitude);
    return exponent >= -4 && exponent < PLAIN_DIGITS;
  }
}
