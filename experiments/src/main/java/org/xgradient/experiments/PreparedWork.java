package org.xgradient.experiments;

import com.google.common.collect.ImmutableMap;
import java.util.function.Supplier;

/**
 * The work of an experiment whose data are loaded.
 *
 * @param workers opens a worker; called once for each
 * @param facts what the results depend on and the configuration does not say, such as the checksums
 *     of data; results of other facts are not mixed with these
 * @param <T> a piece of the work
 * @param <R> what comes out of a piece
 */
public record PreparedWork<T, R>(
    Supplier<? extends Workers.Worker<T, R>> workers, ImmutableMap<String, String> facts) {}
