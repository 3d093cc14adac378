package org.xgradient.graph.homogeneity;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.DataRandom;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;

/**
 * Tries to refute by numbers that a forward pass is homogeneous: compares {@code F(α x)} with
 * {@code α^k F(x)} for normal random {@code x} and {@code α} in {0, 0.001, 0.5, 2, 1000}.
 * Immutable.
 *
 * <p>It can refute a claim and never prove one; see {@link Homogeneity} for proofs.
 *
 * <p>A violation is the distance of the two, divided by the largest absolute output of the batch at
 * that {@code α}, expected or found (at {@code α = 0}, by the largest at {@code α = 1}): single
 * outputs may be near zero by cancellation, where rounding would be all that is left. Multiplying
 * by powers of 2 is exact in floating point, and multiplying by 0.001 and 1000 moves each input by
 * half a unit in the last place, about 6e-8 of it. Sums of {@code n} terms make that some 1e-6 of
 * the largest output in networks of common depths and widths, a hundredth of the default tolerance
 * of 1e-4.
 *
 * @param rows the number of random inputs, where the batch is of any size
 * @param tolerance the largest violation that rounding may explain
 */
public record Falsifier(int rows, double tolerance) {

  private static final ImmutableList<Double> FACTORS = ImmutableList.of(0.0, 1e-3, 0.5, 2.0, 1e3);

  /** Within these, no float of a batch under- or overflows for reasons of scale alone. */
  private static final double SMALLEST = 1e-30;

  private static final double LARGEST = 1e30;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there are no rows or the tolerance is not positive
   */
  public Falsifier {
    checkArgument(rows >= 1, "rows must be at least 1, found %s", rows);
    checkArgument(tolerance > 0, "tolerance must be positive, found %s", tolerance);
  }

  /** {@return a falsifier with 32 rows and a tolerance of 1e-4} */
  public static Falsifier withDefaults() {
    return new Falsifier(32, 1e-4);
  }

  /**
   * Where {@code F(α x)} is farthest from {@code α^k F(x)}.
   *
   * @param degree the degree {@code k} claimed
   * @param violation the relative distance; infinite if an output is not finite
   * @param factor the factor {@code α}
   * @param row the row of the batch
   * @param output the index of the output in its row
   * @param expected {@code α^k F(x)}
   * @param found {@code F(α x)}
   * @param largestOutput the largest {@code |F(x)|}; where it is tiny the comparison says little
   * @param tolerance the violation that rounding may explain
   */
  public record Finding(
      double degree,
      double violation,
      double factor,
      int row,
      int output,
      double expected,
      double found,
      double largestOutput,
      double tolerance) {

    /** {@return whether the claim is refuted} */
    public boolean refutes() {
      return violation > tolerance;
    }
  }

  /**
   * Compares.
   *
   * @param session the session of the graph
   * @param pass the forward pass; its inputs are fed, whatever they are computed from
   * @param degree the degree claimed; at a degree of 0 or less nothing is compared at {@code alpha
   *     = 0}
   * @param seed the seed of the inputs
   * @return the largest violation
   */
  public Finding check(GraphSession session, ForwardPass pass, double degree, long seed) {
    return check(session, pass, Feeds.none(), degree, seed);
  }

  /**
   * Compares.
   *
   * @param session the session of the graph
   * @param pass the forward pass; its inputs are fed, whatever they are computed from
   * @param feeds what else must be fed, such as the seed of dropout masks
   * @param degree the degree claimed; at a degree of 0 or less nothing is compared at {@code alpha
   *     = 0}
   * @param seed the seed of the inputs
   * @return the largest violation
   */
  public Finding check(
      GraphSession session, ForwardPass pass, Feeds feeds, double degree, long seed) {
    FloatArray inputs = randomInputs(pass, seed);
    // A copy, because nothing may be both fed and fetched.
    Operand<TFloat32> logits = pass.ops().identity(pass.logits());
    FloatArray outputs = session.run(feeds.with(pass.inputs(), inputs), logits);
    double largest = largest(outputs);
    Finding worst = new Finding(degree, 0, 1, 0, 0, 0, 0, largest, tolerance);
    for (double factor : FACTORS) {
      double scale = Math.pow(factor, degree);
      boolean inRange = scale * largest < LARGEST && (scale * largest > SMALLEST || largest == 0);
      if (factor == 0 ? degree > 0 : inRange) {
        var scaled = session.run(feeds.with(pass.inputs(), times(inputs, factor)), logits);
        Finding finding = compare(degree, factor, outputs, scaled);
        worst = finding.violation() > worst.violation() ? finding : worst;
      }
    }
    return worst;
  }

  private Finding compare(double degree, double factor, FloatArray outputs, FloatArray scaled) {
    double scale = Math.pow(factor, degree);
    double largest = largest(outputs);
    double unit = Math.max(factor == 0 ? largest : scale * largest, largest(scaled));
    Finding worst = new Finding(degree, 0, factor, 0, 0, 0, 0, largest, tolerance);
    int rowSize = outputs.shape().isEmpty() ? 1 : Math.max(1, outputs.rowSize());
    for (int i = 0; i < outputs.size(); i++) {
      double expected = scale * outputs.values()[i];
      double found = scaled.values()[i];
      double violation = violation(expected, found, unit);
      if (violation > worst.violation()) {
        worst =
            new Finding(
                degree,
                violation,
                factor,
                i / rowSize,
                i % rowSize,
                expected,
                found,
                largest,
                tolerance);
      }
    }
    return worst;
  }

  private static double violation(double expected, double found, double unit) {
    if (expected == found) {
      return 0;
    }
    double violation = Math.abs(expected - found) / unit;
    return Double.isFinite(violation) ? violation : Double.POSITIVE_INFINITY;
  }

  private static double largest(FloatArray values) {
    double largest = 0;
    for (float value : values.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private FloatArray randomInputs(ForwardPass pass, long seed) {
    long batch = pass.inputs().shape().get(0);
    int[] shape =
        ImmutableIntArray.builder()
            .add(batch < 0 ? rows : Math.toIntExact(batch))
            .addAll(pass.model().inputShape())
            .build()
            .toArray();
    DataRandom random = new DataRandom(seed);
    FloatArray inputs = FloatArray.zeros(shape);
    for (int i = 0; i < inputs.size(); i++) {
      inputs.values()[i] = (float) random.nextGaussian();
    }
    return inputs;
  }

  private static FloatArray times(FloatArray inputs, double factor) {
    float[] scaled = new float[inputs.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * inputs.values()[i]);
    }
    return FloatArray.of(scaled, inputs.shape().toArray());
  }
}
