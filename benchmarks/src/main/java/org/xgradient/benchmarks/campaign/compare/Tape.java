package org.xgradient.benchmarks.campaign.compare;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The chain rule on single numbers, in double precision.
 *
 * <p>Each node is a number {@code v} and its derivative {@code t} along one direction, and knows
 * the derivative of {@code v} by each node that it was computed from, with the derivative of that
 * along the same direction. Going back through the nodes then gives gradients and, in their second
 * parts, gradients of directional derivatives: second derivatives times a vector.
 *
 * <p>Each node also has the magnitude of what was added up to it, by which the rounding of another
 * program's floats can be judged: where a choice, such as the sign of a ReLU's operand, is closer
 * than that, two right programs may choose differently.
 */
public final class Tape {

  private final DoubleUnaryOperator rounding;
  private int nodes;
  private int edges;
  private double[] value = new double[1024];
  private double[] tangent = new double[1024];
  private double[] magnitude = new double[1024];
  private int[] firstEdge = new int[1025];
  private int[] source = new int[4096];
  private double[] weight = new double[4096];
  private double[] weightTangent = new double[4096];
  private double closestChoice = Double.POSITIVE_INFINITY;

  /** A tape that keeps each number as it is. */
  public Tape() {
    this(DoubleUnaryOperator.identity());
  }

  /**
   * A tape that changes each number, to see what rounding does.
   *
   * @param rounding what becomes of a number
   */
  public Tape(DoubleUnaryOperator rounding) {
    this.rounding = rounding;
  }

  /** Forgets all nodes. */
  void clear() {
    nodes = 0;
    edges = 0;
    closestChoice = Double.POSITIVE_INFINITY;
  }

  /** {@return how close the closest choice was, as a share of what was added up to it} */
  public double closestChoice() {
    return closestChoice;
  }

  /** {@return the largest value of any node, without signs} */
  public double largest() {
    return Arrays.stream(value, 0, nodes).map(Math::abs).max().orElse(0);
  }

  /** {@return the value of a node} */
  public double value(int node) {
    return value[node];
  }

  /** {@return what was added up to a node, without signs} */
  public double magnitude(int node) {
    return magnitude[node];
  }

  /** A number that is given. */
  public int given(double v, double t) {
    return given(v, t, Math.abs(v));
  }

  /** A number that is given, with the magnitude of what it was computed from. */
  int given(double v, double t, double size) {
    return close(v, t, size);
  }

  /** {@code v} where nothing is to be differentiated. */
  public int constant(double v) {
    return given(v, 0);
  }

  /** {@code Σ_k a_k b_k}, over the first pairs of two arrays of nodes. */
  int sumOfProducts(int[] a, int[] b, int count) {
    double v = 0;
    double t = 0;
    double size = 0;
    for (int k = 0; k < count; k++) {
      int x = a[k];
      int y = b[k];
      v += value[x] * value[y];
      t += value[x] * tangent[y] + tangent[x] * value[y];
      // Either may be the one in which digits were lost.
      size += Math.max(magnitude[x] * Math.abs(value[y]), Math.abs(value[x]) * magnitude[y]);
      edge(x, value[y], tangent[y]);
      edge(y, value[x], tangent[x]);
    }
    return close(v, t, size);
  }

  /** {@code Σ_k factor a_k}, over the first nodes of an array. */
  public int sum(int[] a, int count, double factor) {
    double v = 0;
    double t = 0;
    double size = 0;
    for (int k = 0; k < count; k++) {
      v += factor * value[a[k]];
      t += factor * tangent[a[k]];
      size += Math.abs(factor) * magnitude[a[k]];
      edge(a[k], factor, 0);
    }
    return close(v, t, size);
  }

  /** {@code a + b}. */
  public int add(int a, int b) {
    return sum(new int[] {a, b}, 2, 1);
  }

  /** {@code factor · a}. */
  public int times(int a, double factor) {
    return sum(new int[] {a}, 1, factor);
  }

  /** {@code a · b}. */
  public int product(int a, int b) {
    return sumOfProducts(new int[] {a}, new int[] {b}, 1);
  }

  /**
   * {@code f(a)}.
   *
   * @param f the value at {@code a}
   * @param first the first derivative there
   * @param second the second derivative there
   */
  public int function(int a, double f, double first, double second) {
    edge(a, first, second * tangent[a]);
    double size = Math.max(Math.abs(f), Math.abs(first) * magnitude[a]);
    return close(f, first * tangent[a], size);
  }

  /** {@code above · a} where {@code a > 0}, and {@code below · a} elsewhere. */
  public int bent(int a, double above, double below) {
    chosen(Math.abs(value[a]), magnitude[a]);
    return times(a, value[a] > 0 ? above : below);
  }

  /** {@code |a|}, with the derivative 0 at 0. */
  public int absolute(int a) {
    return value[a] == 0 ? times(a, 0) : bent(a, 1, -1);
  }

  /** The largest of some nodes, or with a sign of -1 the smallest. */
  public int extremum(int[] a, int count, int sign) {
    return times(best(a, count, sign), 1);
  }

  /** The node itself, whose number is not rounded once more. */
  private int best(int[] a, int count, int sign) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      if (sign * value[a[k]] > sign * value[a[best]]) {
        best = k;
      }
    }
    for (int k = 0; k < count; k++) {
      double gap = Math.abs(value[a[k]] - value[a[best]]);
      // Equal numbers were computed alike, and it does not matter which is taken.
      if (gap > 0) {
        chosen(gap, Math.max(magnitude[a[k]], magnitude[a[best]]));
      }
    }
    return a[best];
  }

  /** {@code f(a)}, a constant that changes where {@code a} goes through zero. */
  public int step(int a, double f) {
    chosen(Math.abs(value[a]), magnitude[a]);
    return constant(f);
  }

  /**
   * The largest of some nodes; where several are, as at a baseline of zeros, each has its share.
   */
  public int sharedMaximum(int[] a) {
    double largest = value[best(a, a.length, 1)];
    int[] best = Arrays.stream(a).filter(node -> value[node] == largest).toArray();
    return sum(best, best.length, 1.0 / best.length);
  }

  /** {@return a number as this tape keeps it, for what is computed from it} */
  public double rounded(double v) {
    return rounding.applyAsDouble(v);
  }

  /** Notes that something is taken of a node that is not defined at 0. */
  public void notZero(int a) {
    closestChoice = Math.min(closestChoice, value[a] == 0 ? 0 : Math.abs(value[a]) / magnitude[a]);
  }

  /** Notes a choice by a number, if the number is not exactly zero for lack of terms. */
  void chosen(double distance, double size) {
    if (size > 0) {
      closestChoice = Math.min(closestChoice, distance / size);
    }
  }

  /**
   * Goes back.
   *
   * @param outputs some nodes
   * @param factors the factor of each
   * @return the gradient of {@code Σ_k factor_k output_k} by every node, and its derivative along
   *     the direction
   */
  public Gradient back(int[] outputs, double[] factors) {
    double[] gradient = new double[nodes];
    double[] gradientTangent = new double[nodes];
    for (int k = 0; k < outputs.length; k++) {
      gradient[outputs[k]] += factors[k];
    }
    for (int node = nodes - 1; node >= 0; node--) {
      double g = gradient[node];
      double gt = gradientTangent[node];
      if (g != 0 || gt != 0) {
        for (int e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
          gradient[source[e]] += rounding.applyAsDouble(g * weight[e]);
          gradientTangent[source[e]] +=
              rounding.applyAsDouble(g * weightTangent[e]) + rounding.applyAsDouble(gt * weight[e]);
        }
      }
    }
    return new Gradient(gradient, gradientTangent);
  }

  /** {@return what is added up to the gradient of a node by every other, without signs} */
  double[] sizesBack(int output) {
    double[] sizes = new double[nodes];
    sizes[output] = 1;
    for (int node = nodes - 1; node >= 0; node--) {
      for (int e = firstEdge[node]; e < firstEdge[node + 1]; e++) {
        sizes[source[e]] += sizes[node] * Math.abs(weight[e]);
      }
    }
    return sizes;
  }

  /**
   * A gradient by every node.
   *
   * @param values the gradient
   * @param tangents its derivative along the direction
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Gradient(double[] values, double[] tangents) {}

  private void edge(int from, double w, double wt) {
    if (edges == source.length) {
      source = Arrays.copyOf(source, 2 * edges);
      weight = Arrays.copyOf(weight, 2 * edges);
      weightTangent = Arrays.copyOf(weightTangent, 2 * edges);
    }
    source[edges] = from;
    weight[edges] = w;
    weightTangent[edges++] = wt;
  }

  /** Makes a node of the edges since the last one. */
  private int close(double v, double t, double size) {
    if (nodes == value.length) {
      value = Arrays.copyOf(value, 2 * nodes);
      tangent = Arrays.copyOf(tangent, 2 * nodes);
      magnitude = Arrays.copyOf(magnitude, 2 * nodes);
      firstEdge = Arrays.copyOf(firstEdge, 2 * nodes + 1);
    }
    value[nodes] = rounding.applyAsDouble(v);
    tangent[nodes] = rounding.applyAsDouble(t);
    magnitude[nodes] = size;
    firstEdge[nodes + 1] = edges;
    return nodes++;
  }
}
