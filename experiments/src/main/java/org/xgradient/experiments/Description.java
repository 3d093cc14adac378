package org.xgradient.experiments;

/**
 * What an experiment is called, and the records that it is made of.
 *
 * @param name the name on the command line, in lower case
 * @param title what is shown, in a few words
 * @param source where the paper shows it, such as {@code FAA, Table 1}
 * @param configuration the record of the configuration
 * @param task the record of a piece
 * @param result the record of a result
 * @param <C> the configuration
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
public record Description<C, T, R>(
    String name,
    String title,
    String source,
    Class<C> configuration,
    Class<T> task,
    Class<R> result) {}
