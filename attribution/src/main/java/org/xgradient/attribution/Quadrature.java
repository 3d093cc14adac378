package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * A quadrature rule on the unit interval: {@code ∫₀¹ f(α) dα ≈ Σ_k w_k f(α_k)}.
 *
 * <p>The weights of every rule sum to 1, so that constants are integrated exactly. On a homogeneous
 * network of degree 1 with the zero baseline the gradient is the same all along the path, so that
 * one step of any rule without a node at 0 is exact; at 0 the gradient of a ReLU is taken as 0.
 *
 * @param rule the rule
 * @param nodes the nodes {@code α_k}, in increasing order
 * @param weights the weights {@code w_k}, in the order of the nodes
 */
public record Quadrature(Rule rule, ImmutableDoubleArray nodes, ImmutableDoubleArray weights) {

  /** Rules are asked for again and again, and one of 512 nodes takes a second to compute. */
  private static final LoadingCache<Integer, Quadrature> GAUSS_LEGENDRE =
      CacheBuilder.newBuilder()
          .maximumSize(64)
          .build(CacheLoader.from(Quadrature::computeGaussLegendre));

  /** Each weight is rounded, and so is each sum; an eigenvector adds some more. */
  private static final double ROUNDING_PER_NODE = 1e-14;

  /**
   * Checks the nodes and weights.
   *
   * @throws IllegalArgumentException if there are not as many weights as nodes, or none, a node is
   *     outside {@code [0, 1]} or less than the one before, or the weights do not sum to 1
   */
  public Quadrature {
    checkArgument(
        nodes.length() >= 1 && nodes.length() == weights.length(),
        "there must be one weight for each node, and at least one, found %s nodes and %s weights",
        nodes.length(),
        weights.length());
    double previous = 0;
    for (int k = 0; k < nodes.length(); k++) {
      double node = nodes.get(k);
      if (!(node >= previous && node <= 1)) {
        throw new IllegalArgumentException(
            "nodes must increase and be in [0, 1], found %s at %s".formatted(node, k));
      }
      previous = node;
    }
    double sum = weights.stream().sum();
    checkArgument(
        Math.abs(sum - 1) <= ROUNDING_PER_NODE * (nodes.length() + 1),
        "weights must sum to 1, found %s",
        sum);
  }

  /** Which nodes and weights for a number of steps {@code m}. */
  public enum Rule {
    /** The roots of the Legendre polynomial {@code P_m}: exact for degree {@code 2m - 1}. */
    GAUSS_LEGENDRE,
    /** {@code α_k = k/m, k = 0 … m-1}: exact for degree 0. */
    RIEMANN_LEFT,
    /** {@code α_k = k/m, k = 1 … m}: exact for degree 0; the formula of the IG paper. */
    RIEMANN_RIGHT,
    /** {@code α_k = (k + ½)/m, k = 0 … m-1}: exact for degree 1. */
    MIDPOINT,
    /** {@code α_k = k/m, k = 0 … m}, the ends with weight {@code 1/(2m)}: exact for degree 1. */
    TRAPEZOID
  }

  /**
   * A rule for a number of steps.
   *
   * @param rule the rule
   * @param steps the number of steps, at least 1: the number of nodes, but for the trapezoid rule,
   *     which has one more
   * @return the nodes and weights
   * @throws IllegalArgumentException if {@code steps} is less than 1
   */
  public static Quadrature of(Rule rule, int steps) {
    checkArgument(steps >= 1, "steps must be at least 1, found %s", steps);
    return switch (rule) {
      case GAUSS_LEGENDRE -> gaussLegendre(steps);
      case RIEMANN_LEFT -> evenly(rule, steps, 0);
      case RIEMANN_RIGHT -> evenly(rule, steps, 1);
      case MIDPOINT -> evenly(rule, steps, 0.5);
      case TRAPEZOID -> trapezoid(steps);
    };
  }

  /**
   * The Gauss-Legendre rule, computed as by Golub and Welsch (1969), Calculation of Gauss
   * quadrature rules.
   *
   * @param steps the number of nodes, at least 1
   * @return the nodes and weights
   * @throws IllegalArgumentException if {@code steps} is less than 1
   */
  public static Quadrature gaussLegendre(int steps) {
    checkArgument(steps >= 1, "steps must be at least 1, found %s", steps);
    return GAUSS_LEGENDRE.getUnchecked(steps);
  }

  private static Quadrature computeGaussLegendre(int steps) {
    // Golub and Welsch (1969): the roots are the eigenvalues of the matrix of the three-term
    // recurrence, the weights the squares of the first components of its eigenvectors. Commons
    // Math's own rules are computed from all smaller ones, which takes seconds for 300 nodes.
    double[] offDiagonal = new double[steps - 1];
    for (int k = 1; k < steps; k++) {
      // k / sqrt(4 k² - 1)
      offDiagonal[k - 1] = k / Math.sqrt(4.0 * k * k - 1);
    }
    var recurrence = new EigenDecomposition(new double[steps], offDiagonal);
    double[] nodes = new double[steps];
    double[] weights = new double[steps];
    for (int k = 0; k < steps; k++) {
      // Eigenvalues come in descending order, in [-1, 1].
      double first = recurrence.getEigenvector(steps - 1 - k).getEntry(0);
      nodes[k] = (1 + recurrence.getRealEigenvalue(steps - 1 - k)) / 2;
      weights[k] = first * first;
    }
    return new Quadrature(Rule.GAUSS_LEGENDRE, array(nodes), array(weights));
  }

  /** {@return the number of nodes} */
  public int points() {
    return nodes.length();
  }

  private static Quadrature evenly(Rule rule, int steps, double shift) {
    return new Quadrature(
        rule,
        array(IntStream.range(0, steps).mapToDouble(k -> (k + shift) / steps).toArray()),
        array(IntStream.range(0, steps).mapToDouble(k -> 1.0 / steps).toArray()));
  }

  private static Quadrature trapezoid(int steps) {
    return new Quadrature(
        Rule.TRAPEZOID,
        array(IntStream.rangeClosed(0, steps).mapToDouble(k -> (double) k / steps).toArray()),
        array(
            IntStream.rangeClosed(0, steps)
                .mapToDouble(k -> (k == 0 || k == steps ? 0.5 : 1) / steps)
                .toArray()));
  }

  private static ImmutableDoubleArray array(double[] values) {
    return ImmutableDoubleArray.copyOf(values);
  }
}
