package org.xgradient.benchmarks.campaign.prove;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.xgradient.benchmarks.campaign.compare.Tape;

/**
 * An expression at one row, by plain loops.
 *
 * @param values the numbers of the expression
 * @param magnitudes what was added up to each, without signs
 * @param gradient the gradient of their sum by the row
 * @param second the derivative of that gradient along a direction
 * @param closestChoice how close the closest choice was, as a share of what was added up to it
 * @param largest the largest number on the way, without signs
 */
@SuppressWarnings("ArrayRecordComponent")
record PlainPoint(
    double[] values,
    double[] magnitudes,
    double[] gradient,
    double[] second,
    double closestChoice,
    double largest) {

  /**
   * Computes.
   *
   * @param expression the expression
   * @param x the row
   * @param direction a direction of it
   * @param rounding what becomes of each number on the way
   */
  static PlainPoint of(
      DrawnExpression expression, double[] x, double[] direction, DoubleUnaryOperator rounding) {
    Tape tape = new Tape(rounding);
    int[] inputs = new int[x.length];
    Arrays.setAll(inputs, i -> tape.given(x[i], direction[i]));
    int[] outputs = expression.onTape(tape, inputs);
    double[] ones = new double[outputs.length];
    Arrays.fill(ones, 1);
    Tape.Gradient back = tape.back(outputs, ones);
    return new PlainPoint(
        Arrays.stream(outputs).mapToDouble(tape::value).toArray(),
        Arrays.stream(outputs).mapToDouble(tape::magnitude).toArray(),
        Arrays.stream(inputs).mapToDouble(input -> back.values()[input]).toArray(),
        Arrays.stream(inputs).mapToDouble(input -> back.tangents()[input]).toArray(),
        tape.closestChoice(),
        tape.largest());
  }

  /**
   * {@return whether all numbers are such as floats can hold: an infinity on the way, though
   * nothing takes it, has the gradient 0 · ∞}
   */
  boolean isInRange(double most) {
    return largest < most
        && inRange(values, most)
        && inRange(gradient, most)
        && inRange(second, most);
  }

  private static boolean inRange(double[] numbers, double most) {
    return Arrays.stream(numbers)
        .allMatch(v -> Math.abs(v) < most && (v == 0 || Math.abs(v) > 1 / most));
  }
}
