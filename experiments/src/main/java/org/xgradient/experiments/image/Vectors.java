package org.xgradient.experiments.image;

/** Compares attributions of one image. */
final class Vectors {

  private Vectors() {}

  /** {@return the angle in degrees; 0 if both are 0, and 90 if one is} */
  static double angle(float[] one, float[] other) {
    double product = 0;
    double square = 0;
    double otherSquare = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      square += (double) one[i] * one[i];
      otherSquare += (double) other[i] * other[i];
    }
    if (square == 0 || otherSquare == 0) {
      return square == otherSquare ? 0 : 90;
    }
    double cosine = product / Math.sqrt(square * otherSquare);
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }

  /**
   * {@return the sum of absolute differences over that of absolute reference values; 0 if both are
   * 0}
   */
  static double relativeDifference(float[] reference, float[] other) {
    double difference = 0;
    double magnitude = 0;
    for (int i = 0; i < reference.length; i++) {
      difference += Math.abs((double) reference[i] - other[i]);
      magnitude += Math.abs(reference[i]);
    }
    return difference == 0 ? 0 : difference / Math.max(magnitude, Float.MIN_NORMAL);
  }
}
