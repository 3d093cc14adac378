package org.xgradient.report.text;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/** Writes the numbers of an axis: plain, with a prefix such as k, or as a power of ten. */
public final class TickLabels {

  private static final String PREFIXES = "kMGTP";
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final int MAX_DECIMALS = 12;

  private TickLabels() {}

  /** {@return labels of one form, with as many decimals as the step between them needs} */
  public static ImmutableList<String> linear(double[] values, double step) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    // Just below the largest, so that 10⁻⁵ is 10·10⁻⁶ where its neighbour is 8·10⁻⁶.
    int exponent = Math.min(commonExponent(largest), commonExponent(0.999 * largest));
    int decimals = Math.min(MAX_DECIMALS, Math.max(0, exponent - floorLog10(step)));
    return Arrays.stream(values)
        .mapToObj(v -> v == 0 ? "0" : label(v, exponent, decimals))
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return labels of values far apart: all of them plain, or all with powers of ten} */
  public static ImmutableList<String> logarithmic(double[] values) {
    boolean plain = Arrays.stream(values).allMatch(v -> commonExponent(v) == 0);
    return Arrays.stream(values)
        .mapToObj(v -> plain ? single(v) : withPower(v))
        .collect(ImmutableList.toImmutableList());
  }

  /** {@return the shortest label of one value, with at most four significant digits} */
  public static String single(double value) {
    int exponent = commonExponent(Math.abs(value));
    return withExponent(mantissa(value, exponent), exponent);
  }

  /** {@return a power of ten in the form of a mathematician, such as 10⁻⁵} */
  public static String power(int exponent) {
    StringBuilder text = new StringBuilder("10");
    if (exponent < 0) {
      text.append('⁻');
    }
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(c -> text.append(SUPERSCRIPTS.charAt(c - '0')));
    return text.toString();
  }

  public static int floorLog10(double value) {
    return (int) Math.floor(Math.log10(value) + 1e-9);
  }

  private static String withPower(double value) {
    int exponent = floorLog10(value);
    String digits = mantissa(value, exponent).toPlainString();
    return digits.equals("1") ? power(exponent) : digits + "·" + power(exponent);
  }

  private static BigDecimal mantissa(double value, int exponent) {
    return new BigDecimal(value)
        .movePointLeft(exponent)
        .round(new MathContext(4, RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }

  private static String label(double value, int exponent, int decimals) {
    return withExponent(
        new BigDecimal(value).movePointLeft(exponent).setScale(decimals, RoundingMode.HALF_EVEN),
        exponent);
  }

  private static String withExponent(BigDecimal mantissa, int exponent) {
    String digits = mantissa.toPlainString().replace('-', '−');
    if (mantissa.signum() == 0 || exponent == 0) {
      return digits;
    }
    if (exponent > 0 && exponent <= 3 * PREFIXES.length()) {
      return digits + PREFIXES.charAt(exponent / 3 - 1);
    }
    return digits.equals("1") ? power(exponent) : digits + "·" + power(exponent);
  }

  /** The power of ten to take out: none for everyday numbers, threes where there is a prefix. */
  private static int commonExponent(double largest) {
    if (largest == 0) {
      return 0;
    }
    int magnitude = floorLog10(largest);
    if (magnitude >= -3 && magnitude < 4) {
      return 0;
    }
    boolean prefix = magnitude > 0 && magnitude < 3 * PREFIXES.length() + 3;
    return prefix ? magnitude / 3 * 3 : magnitude;
  }
}
