package org.xgradient.graph.testing;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;

/**
 * Gradients compared with central differences in float64 at a random point.
 *
 * <p>Differences are relative to the element's own size or, where that is larger, to the root mean
 * square of those of its operand.
 *
 * @param norm the Euclidean norm of all gradients
 * @param error the largest difference between a gradient and its central difference
 */
public record GradientCheck(double norm, double error) {

  /**
   * What the error must stay below. In float64 the central difference with this step is off by
   * about STEP² = 1e-10 for truncation and 1e-16 / STEP = 1e-11 for rounding, times derivatives and
   * values of the order of 1 to 100.
   */
  public static final double TOLERANCE = 1e-5;

  private static final double STEP = 1e-5;

  /** Differences of gradients smaller than this are taken relative to this. */
  private static final double SMALL = 1e-3;

  /** How much the difference may change when the step is doubled at a point without a kink. */
  private static final double SMOOTH = 1e-6;

  /** Enough to meet every role an element can have, few enough to be fast. */
  private static final int ELEMENTS = 12;

  private static final int ATTEMPTS = 20;
  private static final double DEVIATION = 0.6;

  /**
   * Checks gradients at a point drawn from a normal distribution; points near a kink or a tie,
   * where doubling the step changes the central difference, are drawn anew.
   *
   * @param tf the operations of the graph
   * @param y the scalar that is differentiated
   * @param gradients the gradients by what they are taken with respect to: operands of known shape
   *     that are fed, so placeholders or what reads a variable
   * @param seed the seed of the points
   * @return the result
   * @throws AssertionError if no point without a kink was found
   */
  public static GradientCheck atRandomPoint(
      Ops tf,
      Operand<TFloat32> y,
      ImmutableMap<Operand<TFloat32>, Operand<TFloat32>> gradients,
      long seed) {
    DataRandom random = new DataRandom(seed);
    try (Float64Copy copy = Float64Copy.of(tf)) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Point point = new Point(copy, y, random, gradients.keySet().asList());
        Comparison comparison = new Comparison();
        List<double[]> computed = copy.run(gradients.values().asList());
        for (int i = 0; i < computed.size(); i++) {
          comparison.add(point, point.values.get(i), computed.get(i));
        }
        if (comparison.bend < SMOOTH) {
          return new GradientCheck(Math.sqrt(comparison.squares), comparison.error);
        }
      }
    }
    throw new AssertionError("no point without a kink in " + ATTEMPTS + " draws");
  }

  /** {@return whether the gradients are right and not all zero} */
  public boolean passes() {
    return norm > 1e-2 && error < TOLERANCE;
  }

  /** Values of the operands, and the function around them. */
  private static final class Point {
    private final Float64Copy copy;
    private final Operand<TFloat32> y;
    private final DataRandom random;
    private final List<double[]> values = new ArrayList<>();

    Point(
        Float64Copy copy,
        Operand<TFloat32> y,
        DataRandom random,
        List<Operand<TFloat32>> operands) {
      this.copy = copy;
      this.y = y;
      this.random = random;
      for (Operand<TFloat32> operand : operands) {
        Shape shape = operand.shape();
        double[] drawn = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < drawn.length; i++) {
          drawn[i] = DEVIATION * random.nextGaussian();
        }
        values.add(drawn);
        copy.feed(operand, shape, drawn);
      }
    }

    /** The difference when one element of a value, which is fed, goes up and down. */
    double centralDifference(double[] fed, int element, double step) {
      double before = fed[element];
      fed[element] = before + step;
      double above = copy.run(List.of(y)).get(0)[0];
      fed[element] = before - step;
      double below = copy.run(List.of(y)).get(0)[0];
      fed[element] = before;
      return (above - below) / (2 * step);
    }

    int[] someElements(int size) {
      return Arrays.copyOf(random.permutation(size), Math.min(ELEMENTS, size));
    }
  }

  /** The worst over all elements so far. */
  private static final class Comparison {
    private double squares;
    private double error;
    private double bend;

    void add(Point point, double[] values, double[] gradient) {
      squares += sumOfSquares(gradient);
      int[] elements = point.someElements(gradient.length);
      double[] once = new double[elements.length];
      double[] twice = new double[elements.length];
      for (int i = 0; i < elements.length; i++) {
        once[i] = point.centralDifference(values, elements[i], STEP);
        twice[i] = point.centralDifference(values, elements[i], 2 * STEP);
      }
      double typical = Math.max(SMALL, Math.sqrt(sumOfSquares(once) / once.length));
      for (int i = 0; i < elements.length; i++) {
        double size = Math.max(typical, Math.abs(once[i]));
        error = Math.max(error, Math.abs(once[i] - gradient[elements[i]]) / size);
        bend = Math.max(bend, Math.abs(once[i] - twice[i]) / size);
      }
    }

    private static double sumOfSquares(double[] elements) {
      double sum = 0;
      for (double element : elements) {
        sum += element * element;
      }
      return sum;
    }
  }
}
