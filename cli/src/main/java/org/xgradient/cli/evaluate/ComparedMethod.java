package org.xgradient.cli.evaluate;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;

/**
 * A method that is compared with others.
 *
 * @param method the method
 * @param first what it found for the first rows, if it was chosen by them
 */
public record ComparedMethod(AttributionMethod method, Optional<Attributions> first) {

  /** Explains all rows, but for those that are explained already, by a function of rows. */
  Attributions attribute(
      FloatArray rows, int[] classes, BiFunction<FloatArray, int[], Attributions> by) {
    int count = rows.rows();
    IntFunction<Attributions> others =
        from -> by.apply(rows.rows(from, count), Arrays.copyOfRange(classes, from, count));
    return first.map(known -> known.continued(count, others)).orElseGet(() -> others.apply(0));
  }
}
