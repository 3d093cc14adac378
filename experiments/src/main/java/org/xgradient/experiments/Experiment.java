package org.xgradient.experiments;

import com.google.common.collect.ImmutableList;

/**
 * A table or figure of the paper that can be computed, in pieces that do not depend on one another.
 *
 * <p>Configuration, pieces and results are records that Jackson can write as JSON and read again
 * (numbers, texts, enums, records and lists of them; double values come back bit for bit), in a
 * package that is open to {@code com.fasterxml.jackson.databind}. {@link ExperimentRun} does the
 * work.
 *
 * @param <C> the configuration, immutable
 * @param <T> a piece of the work, which can be told from all others by {@code equals}, such as a
 *     method, a weight and a repetition
 * @param <R> what comes out of a piece
 */
public interface Experiment<C, T, R> {

  /** {@return what it is called, and its records} */
  Description<C, T, R> description();

  /** {@return the name on the command line, in lower case} */
  default String name() {
    return description().name();
  }

  /**
   * {@return the configuration of the paper: a JSON object with a value for each key of the record,
   * and comments that say what each means; {@code NAME.json} beside the class}
   */
  default String defaults() {
    return ConfigurationText.of(getClass(), name() + ".json");
  }

  /**
   * {@return what the quick form changes: a JSON object with some of those keys; it takes minutes,
   * and no data but generated ones; {@code NAME-quick.json} beside the class}
   */
  default String quickDefaults() {
    return ConfigurationText.of(getClass(), name() + "-quick.json");
  }

  /**
   * The pieces, in the order of the results.
   *
   * @param configuration the configuration
   * @return the pieces, all different
   */
  ImmutableList<T> tasks(C configuration);

  /**
   * The part of a configuration that the result of a piece depends on: results are gone on with
   * only where it is the same. All of it by default; what only says how many pieces there are, such
   * as a number of repetitions, can be left out, so that more can be added to those that are done.
   *
   * @param configuration the configuration
   * @return a value with a form in JSON
   */
  default Object resultsDependOn(C configuration) {
    return configuration;
  }

  /**
   * {@return whether the pieces measure times, and so must be done one at a time; false by default}
   */
  default boolean isTimed() {
    return false;
  }

  /**
   * Loads what the workers share, such as data.
   *
   * @param configuration the configuration
   * @return the work, ready to be done
   * @throws org.xgradient.data.DataException if data cannot be read
   */
  PreparedWork<T, R> prepare(C configuration);

  /**
   * What the results say about the paper's claims, computed from confidence intervals.
   *
   * @param results the results
   * @return the findings
   */
  ImmutableList<Finding> findings(ExperimentResults<C, T, R> results);
}
