package org.xgradient.attribution.heatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableDoubleArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What colour-blind persons see of the palette, by the matrices of Machado, Oliveira and Fernandes
 * (2009) for complete deficiencies, as distances in CIE L*a*b*.
 */
class ColourVisionTest {

  /**
   * In units of CIE 1976 colour difference, of which about 2.3 can just be noticed (Mahy et al.
   * 1994); five times that is plain to see.
   */
  private static final double PLAIN_TO_SEE = 12;

  private enum Vision {
    FULL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998),
    DEUTERANOPIA(
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPIA(
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
        0.303900);

    private final ImmutableDoubleArray matrix;

    Vision(double... matrix) {
      this.matrix = ImmutableDoubleArray.copyOf(matrix);
    }

    /** {@return L*, a* and b* of a colour as it is seen, for the white point D65} */
    double[] lab(int color) {
      double[] seen = times(matrix.toArray(), linear(color));
      for (int i = 0; i < 3; i++) {
        seen[i] = Math.min(1, Math.max(0, seen[i]));
      }
      double[] xyz = times(SRGB_TO_XYZ, seen);
      double x = root(xyz[0] / 0.95047);
      double y = root(xyz[1]);
      double z = root(xyz[2] / 1.08883);
      return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }
  }

  private static final double[] SRGB_TO_XYZ = {
    0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.0721750, 0.0193339, 0.1191920,
    0.9503041
  };

  @ParameterizedTest
  @EnumSource(Vision.class)
  void signsDifferForEveryone(Vision vision) {
    for (double size : new double[] {0.25, 0.5, 0.75, 1}) {
      int positive = Sign.SIGNED.color(size, 1);
      int negative = Sign.SIGNED.color(-size, 1);
      assertThat(distance(vision.lab(positive), vision.lab(negative)))
          .as("+-%s", size)
          .isGreaterThan(PLAIN_TO_SEE);
    }
  }

  @ParameterizedTest
  @EnumSource(Vision.class)
  void largerIsDarkerForEveryone(Vision vision) {
    for (Sign sign : Sign.values()) {
      for (int direction : new int[] {-1, 1}) {
        double lightness = vision.lab(sign.color(0, 1))[0];
        assertThat(lightness).isGreaterThan(99);
        for (double size : new double[] {0.2, 0.4, 0.6, 0.8, 1}) {
          double darker = vision.lab(sign.color(direction * size, 1))[0];
          assertThat(darker).as("%s %s", sign, direction * size).isLessThan(lightness - 3);
          lightness = darker;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75, 1})
  void signsAreAboutEquallyDark(double size) {
    double positive = Vision.FULL.lab(Sign.SIGNED.color(size, 1))[0];
    double negative = Vision.FULL.lab(Sign.SIGNED.color(-size, 1))[0];
    assertThat(Math.abs(positive - negative)).isLessThan(12);
  }

  private static double[] linear(int color) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double value = ((color >> (8 * (2 - i))) & 0xFF) / 255.0;
      linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  private static double root(double value) {
    return value > 216.0 / 24389 ? Math.cbrt(value) : (24389.0 / 27 * value + 16) / 116;
  }

  private static double[] times(double[] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 9; i++) {
      product[i / 3] += matrix[i] * vector[i % 3];
    }
    return product;
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }
}
