package org.xgradient.benchmarks.campaign.compare;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Shapes;
import org.xgradient.training.objective.Prior;
import org.xgradient.training.objective.Priors;

/**
 * A prior of the library and the formula of its documentation.
 *
 * @param kind which one
 * @param shape the shape of the attributions of one example
 */
record PlainPrior(Kind kind, ImmutableIntArray shape) {

  enum Kind {
    GINI,
    TOTAL_VARIATION,
    LAPLACIAN,
    MASK,
    L1,
    L2,
    GROUPS
  }

  private int features() {
    return Shapes.size(shape);
  }

  /** {@return the library's prior} */
  Prior ofLibrary() {
    return switch (kind) {
      case GINI -> Priors.gini();
      case TOTAL_VARIATION -> Priors.totalVariation();
      case LAPLACIAN -> Priors.laplacian(laplacian());
      case MASK -> Priors.mask(mask());
      case L1 -> Priors.l1();
      case L2 -> Priors.l2();
      case GROUPS -> Priors.groups(groups());
    };
  }

  /** Every third feature is unwanted. */
  private FloatArray mask() {
    FloatArray mask = FloatArray.zeros(shape.toArray());
    for (int i = 0; i < mask.size(); i += 3) {
      mask.values()[i] = 1;
    }
    return mask;
  }

  /** That of a chain of features. */
  private FloatArray laplacian() {
    int n = features();
    FloatArray matrix = FloatArray.zeros(n, n);
    for (int i = 0; i + 1 < n; i++) {
      matrix.values()[i * n + i] += 1;
      matrix.values()[(i + 1) * n + i + 1] += 1;
      matrix.values()[i * n + i + 1] = -1;
      matrix.values()[(i + 1) * n + i] = -1;
    }
    return matrix;
  }

  /** All features, and every second one. */
  private List<ImmutableIntArray> groups() {
    int n = features();
    return List.of(
        ImmutableIntArray.copyOf(IntStream.range(0, n)),
        ImmutableIntArray.copyOf(IntStream.range(0, n).filter(i -> i % 2 == 0)));
  }

  /**
   * Computes the penalty.
   *
   * @param tape where to compute
   * @param rows the nodes of the attributions of each example
   * @return the node of the penalty
   */
  int penalty(Tape tape, int[][] rows) {
    return switch (kind) {
      case GINI -> gini(tape, means(tape, rows));
      case TOTAL_VARIATION -> variation(tape, rows);
      case LAPLACIAN -> chain(tape, means(tape, rows));
      case MASK -> squares(tape, rows);
      case L1 -> tape.sum(means(tape, rows), features(), 1.0 / features());
      case L2 -> norm(tape, means(tape, rows));
      case GROUPS -> {
        int[] means = means(tape, rows);
        int[] even =
            IntStream.range(0, means.length).filter(i -> i % 2 == 0).map(i -> means[i]).toArray();
        yield tape.add(
            tape.times(norm(tape, means), Math.sqrt(means.length)),
            tape.times(norm(tape, even), Math.sqrt(even.length)));
      }
    };
  }

  /** {@code a_i = 1/B Σ_b |A_bi|} */
  private static int[] means(Tape tape, int[][] rows) {
    int[] means = new int[rows[0].length];
    for (int i = 0; i < means.length; i++) {
      int[] column = new int[rows.length];
      for (int b = 0; b < rows.length; b++) {
        column[b] = tape.absolute(rows[b][i]);
      }
      means[i] = tape.sum(column, column.length, 1.0 / column.length);
    }
    return means;
  }

  /** {@code -Σ_ij |a_i - a_j| / (2 n Σ_i a_i)}, the double sum by ranks. */
  private static int gini(Tape tape, int[] means) {
    int n = means.length;
    int[] ascending =
        Arrays.stream(means)
            .boxed()
            .sorted(Comparator.comparingDouble(tape::value))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = tape.value(ascending[n - 1]);
    int[] terms = new int[n];
    for (int i = 0; i < n; i++) {
      if (i > 0) {
        double gap = tape.value(ascending[i]) - tape.value(ascending[i - 1]);
        // Features of equal means get different factors, whichever comes first.
        tape.chosen(gap == 0 && tape.value(ascending[i]) == 0 ? 1 : gap, largest);
      }
      terms[i] = tape.times(ascending[i], 2 * (i + 1) - n - 1);
    }
    int differences = tape.sum(terms, n, 2);
    int total = tape.sum(means, n, 2.0 * n);
    double t = tape.value(total);
    int inverse = tape.function(total, -1 / t, 1 / (t * t), -2 / (t * t * t));
    return tape.product(differences, inverse);
  }

  /** {@code 1/B Σ_b Σ |A[b, y+1, x, c] - A[b, y, x, c]| + |A[b, y, x+1, c] - A[b, y, x, c]|} */
  private int variation(Tape tape, int[][] rows) {
    int height = shape.get(0);
    int width = shape.get(1);
    int channels = shape.get(2);
    int[] terms = new int[2 * rows.length * height * width * channels];
    int count = 0;
    for (int[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        int x = i / channels % width;
        int y = i / channels / width;
        if (y + 1 < height) {
          terms[count++] = distance(tape, row[i], row[i + width * channels]);
        }
        if (x + 1 < width) {
          terms[count++] = distance(tape, row[i], row[i + channels]);
        }
      }
    }
    return tape.sum(terms, count, 1.0 / rows.length);
  }

  private static int distance(Tape tape, int a, int b) {
    return tape.absolute(tape.add(a, tape.times(b, -1)));
  }

  /** {@code Σ_i (a_(i+1) - a_i)²}, the quadratic form of the Laplacian of a chain. */
  private static int chain(Tape tape, int[] means) {
    int[] steps = new int[means.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = tape.add(means[i + 1], tape.times(means[i], -1));
    }
    return tape.sumOfProducts(steps, steps, steps.length);
  }

  private static int squares(Tape tape, int[][] rows) {
    int[] unwanted =
        Arrays.stream(rows)
            .flatMapToInt(
                row -> IntStream.range(0, row.length).filter(i -> i % 3 == 0).map(i -> row[i]))
            .toArray();
    return tape.times(tape.sumOfProducts(unwanted, unwanted, unwanted.length), 1.0 / rows.length);
  }

  private static int norm(Tape tape, int[] means) {
    int squares = tape.sumOfProducts(means, means, means.length);
    double s = tape.value(squares);
    double root = Math.sqrt(s);
    return s == 0 ? tape.constant(0) : tape.function(squares, root, 0.5 / root, -0.25 / (root * s));
  }
}
