package org.xgradient.attribution;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.Optional;
import java.util.function.IntFunction;
import org.xgradient.attribution.completeness.Completeness;
import org.xgradient.data.FloatArray;

/**
 * What an {@link Attributor} found.
 *
 * @param values the attributions, of the shape of the inputs
 * @param logits the logits at the inputs, of shape {@code [rows, outputs]}
 * @param explained the explained output at the inputs, of shape {@code [rows]}
 * @param baselineOutput the same output at the baseline, of shape {@code [rows]}; empty for a
 *     method that is not complete
 */
public record Attributions(
    FloatArray values,
    FloatArray logits,
    FloatArray explained,
    Optional<FloatArray> baselineOutput) {

  /**
   * Some of the rows.
   *
   * @param from the first row, inclusive
   * @param to the last row, exclusive
   * @return their attributions
   * @throws IndexOutOfBoundsException if there are no such rows
   */
  public Attributions rows(int from, int to) {
    return new Attributions(
        values.rows(from, to),
        logits.rows(from, to),
        explained.rows(from, to),
        baselineOutput.map(output -> output.rows(from, to)));
  }

  /**
   * These rows, which are the first of more, and the others.
   *
   * @param rows how many rows there are
   * @param others explains the rows from a number on by the same method; not asked if there are
   *     none
   * @return the attributions of all
   */
  public Attributions continued(int rows, IntFunction<Attributions> others) {
    return values.rows() >= rows ? this : followedBy(others.apply(values.rows()));
  }

  private Attributions followedBy(Attributions others) {
    return new Attributions(
        values.followedBy(others.values),
        logits.followedBy(others.logits),
        explained.followedBy(others.explained),
        baselineOutput.map(output -> output.followedBy(others.baselineOutput.orElseThrow())));
  }

  /**
   * How far the attributions of each row are from adding up: their sum, less the output at the
   * inputs, plus that at the baseline.
   *
   * @return the gaps, of shape {@code [rows]}; empty for a method that is not complete
   */
  public Optional<FloatArray> completenessGap() {
    return baselineOutput.map(
        baseline -> {
          double[] gaps = Completeness.gaps(values, explained, baseline);
          return FloatArray.of(Floats.toArray(Doubles.asList(gaps)), gaps.length);
        });
  }

  /** {@return how far all rows are from adding up; empty for a method that is not complete} */
  public Optional<Completeness> completeness() {
    return baselineOutput.map(baseline -> Completeness.of(values, explained, baseline));
  }
}
