package org.xgradient.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.xgradient.data.Provenance;

/**
 * What came out of an experiment.
 *
 * @param configuration the configuration
 * @param results the result of each piece, in the order of {@link Experiment#tasks}
 * @param provenance where they come from
 * @param <C> the configuration
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
public record ExperimentResults<C, T, R>(
    C configuration, ImmutableMap<T, R> results, Provenance provenance) {

  /**
   * A number of each of some pieces, such as the repetitions of a method: values to take a mean of,
   * or to compare in pairs.
   *
   * @param wanted which pieces
   * @param value the number
   * @return the numbers, in the order of the pieces
   */
  public double[] values(Predicate<? super T> wanted, ToDoubleFunction<? super R> value) {
    return results.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .mapToDouble(entry -> value.applyAsDouble(entry.getValue()))
        .toArray();
  }

  /**
   * The results of some pieces.
   *
   * @param wanted which pieces
   * @return their results, in the order of the pieces
   */
  public ImmutableList<R> of(Predicate<? super T> wanted) {
    List<R> found =
        results.entrySet().stream()
            .filter(entry -> wanted.test(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    return ImmutableList.copyOf(found);
  }
}
