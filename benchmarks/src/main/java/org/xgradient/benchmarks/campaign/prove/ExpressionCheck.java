package org.xgradient.benchmarks.campaign.prove;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.homogeneity.Homogeneity;
import org.xgradient.graph.homogeneity.Homogeneity.Proven;

/**
 * What was found on one expression.
 *
 * @param seed the seed of the expression
 * @param proven the degree that the proof claims, if it claims one
 * @param refuted a violation of the claim, as a share of what was added up; empty where there is no
 *     claim, or every row has a choice that is too close
 * @param homogeneous whether the numbers are those of a homogeneous expression
 * @param distances how far the library is from the plain engine; empty where rounding decides
 */
record ExpressionCheck(
    long seed,
    OptionalDouble proven,
    OptionalDouble refuted,
    boolean homogeneous,
    Map<ExpressionCheck.Quantity, Double> distances) {

  /** What is compared. */
  enum Quantity {
    VALUES,
    GRADIENT,
    SECOND
  }

  /**
   * Degrees are rounded to 1e-6, exponents to floats; what is not homogeneous is off by whole
   * percents at one of the factors.
   */
  static final double VIOLATION = 1e-5;

  /** Beyond what rounding explains; a wrong gradient is off by whole percents. */
  static final double TOLERANCE = 1e-3;

  private static final int ROWS = 6;
  private static final double[] FACTORS = {0.13, 7, 53};

  /** Floats lose the sign of what is smaller than this share of the terms it is the sum of. */
  private static final double CHOICE = 1e-4;

  /** So do doubles. */
  private static final double CHOICE_OF_DOUBLES = 1e-9;

  private static final double LARGEST = 1e15;

  /** Rows are normal: what is smaller is what is left where numbers near 1 cancel. */
  private static final double SMALLEST = 0.1;

  /**
   * Twice the rounding of a float, which a value suffers once in the library for each operation.
   */
  private static final double NOISE = 1.2e-7;

  private static final int NOISY_RUNS = 6;

  /** Draws an expression, and rows, and compares. */
  static ExpressionCheck of(long seed) {
    DrawnExpression expression = DrawnExpression.draw(seed);
    return of(seed, expression, expression);
  }

  /** Compares what is in a graph with plain loops of what should be the same. */
  static ExpressionCheck of(long seed, DrawnExpression inGraph, DrawnExpression plainly) {
    DataRandom random = new DataRandom(Seeds.derive(seed, "rows"));
    FloatArray rows = normal(random);
    FloatArray directions = normal(random);
    try (GraphSession session = GraphSession.open()) {
      var tf = session.ops();
      var shape = Shapes.of(rows.shape());
      var x = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      ForwardPass pass = new ExpressionModel(tf, inGraph).forward(x);
      OptionalDouble proven =
          Homogeneity.of(pass) instanceof Proven found
              ? OptionalDouble.of(found.degree())
              : OptionalDouble.empty();
      Plain plain = new Plain(plainly, rows, directions);
      return new ExpressionCheck(
          seed,
          proven,
          proven.isPresent() ? plain.violation(proven.getAsDouble()) : OptionalDouble.empty(),
          plain.isHomogeneous(),
          plain.distances(new Library(session, pass, x).run(rows, directions)));
    }
  }

  private static FloatArray normal(DataRandom random) {
    FloatArray values = FloatArray.zeros(ROWS, DrawnExpression.WIDTH);
    for (int i = 0; i < values.size(); i++) {
      values.values()[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double[] row(FloatArray of, int row) {
    double[] values = new double[of.rowSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of.values()[row * values.length + i];
    }
    return values;
  }

  /** {@return whether the proof claims what numbers refute} */
  boolean isUnsound() {
    return refuted.isPresent() && refuted.getAsDouble() > VIOLATION;
  }

  /** {@return whether the library differs from the plain engine by more than rounding explains} */
  boolean differs() {
    return distances.values().stream().anyMatch(distance -> distance > TOLERANCE);
  }

  /** The library's numbers of all rows. */
  private record Library(GraphSession session, ForwardPass pass, Operand<TFloat32> x) {

    Map<Quantity, FloatArray> run(FloatArray rows, FloatArray directions) {
      var tf = session.ops();
      Operand<TFloat32> gradient = gradient(pass.logits());
      Operand<TFloat32> direction =
          tf.reshape(tf.constant(directions.values()), tf.constant(directions.shape().toArray()));
      Operand<TFloat32> second = gradient(tf.math.mul(gradient, direction));
      // Copies, for nothing may be both fed and fetched.
      List<FloatArray> found =
          session.run(
              Feeds.of(x, rows),
              List.of(tf.identity(pass.logits()), tf.identity(gradient), tf.identity(second)),
              List.of());
      Map<Quantity, FloatArray> values = new EnumMap<>(Quantity.class);
      values.put(Quantity.VALUES, found.get(0));
      values.put(Quantity.GRADIENT, found.get(1));
      values.put(Quantity.SECOND, found.get(2));
      return values;
    }

    private Operand<TFloat32> gradient(Operand<TFloat32> of) {
      Optional<Operand<TFloat32>> found =
          Gradients.whereDependent(session.ops(), of, List.of(x)).get(0);
      return found.orElseGet(() -> session.ops().zerosLike(x));
    }
  }

  /** The plain engine's numbers, row by row. */
  private record Plain(DrawnExpression expression, FloatArray rows, FloatArray directions) {

    private PlainPoint at(int row, double factor, DoubleUnaryOperator rounding) {
      double[] x = row(rows, row);
      for (int i = 0; i < x.length; i++) {
        x[i] *= factor;
      }
      return PlainPoint.of(expression, x, row(directions, row), rounding);
    }

    private PlainPoint at(int row, double factor) {
      return at(row, factor, DoubleUnaryOperator.identity());
    }

    /** The largest violation of a degree, over rows without a close choice. */
    OptionalDouble violation(double degree) {
      OptionalDouble worst = OptionalDouble.empty();
      for (int row = 0; row < ROWS; row++) {
        PlainPoint here = at(row, 1);
        for (double factor : FACTORS) {
          PlainPoint there = at(row, factor);
          if (Math.min(here.closestChoice(), there.closestChoice()) > CHOICE_OF_DOUBLES) {
            double found = violation(here, there, Math.pow(factor, degree));
            worst = OptionalDouble.of(Math.max(worst.orElse(0), found));
          }
        }
      }
      return worst;
    }

    private static double violation(PlainPoint here, PlainPoint there, double scale) {
      double worst = 0;
      for (int i = 0; i < here.values().length; i++) {
        double expected = scale * here.values()[i];
        double found = there.values()[i];
        double size = Math.max(scale * here.magnitudes()[i], there.magnitudes()[i]);
        // Beyond the doubles both sides say nothing.
        if (Double.isFinite(expected) && Double.isFinite(found) && expected != found) {
          worst = Math.max(worst, Math.abs(expected - found) / size);
        }
      }
      return worst;
    }

    /** Whether some degree goes with the numbers: the one that two points of a row tell. */
    boolean isHomogeneous() {
      for (int row = 0; row < ROWS; row++) {
        PlainPoint here = at(row, 1);
        PlainPoint there = at(row, FACTORS[1]);
        double ratio = largest(there.values()) / largest(here.values());
        if (ratio > 0 && Double.isFinite(ratio)) {
          double degree = Math.log(ratio) / Math.log(FACTORS[1]);
          return violation(degree).orElse(1) < VIOLATION;
        }
      }
      return false;
    }

    /**
     * The distance of each quantity over rows that rounding does not decide, beyond what the plain
     * engine is off by itself when each of its numbers is rounded as a float is.
     */
    Map<Quantity, Double> distances(Map<Quantity, FloatArray> library) {
      Map<Quantity, Double> distances = new EnumMap<>(Quantity.class);
      for (int row = 0; row < ROWS; row++) {
        PlainPoint plain = at(row, 1);
        if (plain.closestChoice() > CHOICE && plain.isInRange(LARGEST)) {
          List<PlainPoint> noisy = noisy(row);
          for (Quantity quantity : Quantity.values()) {
            double[] found = row(requireNonNull(library.get(quantity)), row);
            distance(numbers(quantity), plain, noisy, found)
                .ifPresent(distance -> distances.merge(quantity, distance, Math::max));
          }
        }
      }
      return distances;
    }

    private static Function<PlainPoint, double[]> numbers(Quantity quantity) {
      return switch (quantity) {
        case VALUES -> PlainPoint::values;
        case GRADIENT -> PlainPoint::gradient;
        case SECOND -> PlainPoint::second;
      };
    }

    private List<PlainPoint> noisy(int row) {
      List<PlainPoint> runs = new ArrayList<>();
      for (int run = 0; run < NOISY_RUNS; run++) {
        DataRandom random = new DataRandom(Seeds.derive(row, "noise", run));
        runs.add(at(row, 1, v -> v * (1 + NOISE * random.nextGaussian())));
      }
      return runs;
    }

    private static OptionalDouble distance(
        Function<PlainPoint, double[]> of,
        PlainPoint plain,
        List<PlainPoint> noisy,
        double[] found) {
      double[] expected = of.apply(plain);
      double scale = Math.max(largest(expected), SMALLEST);
      double rounding = 0;
      for (PlainPoint run : noisy) {
        rounding = Math.max(rounding, farthest(of.apply(run), expected));
      }
      if (!(rounding < TOLERANCE * scale)) {
        return OptionalDouble.empty();
      }
      double distance = Math.max(0, farthest(found, expected) - 10 * rounding) / scale;
      return OptionalDouble.of(Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance);
    }

    private static double farthest(double[] found, double[] expected) {
      if (found.length != expected.length) {
        return Double.POSITIVE_INFINITY;
      }
      double farthest = 0;
      for (int i = 0; i < expected.length; i++) {
        double distance = Math.abs(found[i] - expected[i]);
        farthest = Double.isNaN(distance) ? Double.NaN : Math.max(farthest, distance);
      }
      return farthest;
    }

    private static double largest(double[] values) {
      double largest = 0;
      for (double value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }
}
