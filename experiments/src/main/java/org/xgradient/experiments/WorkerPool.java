package org.xgradient.experiments;

import com.google.common.collect.ImmutableList;
import java.util.function.BiConsumer;

/**
 * Where the pieces of an experiment are worked on: threads of this process, or processes elsewhere.
 * Results do not depend on it, where they are functions of their piece ({@link Workers.Worker}).
 */
public interface WorkerPool extends AutoCloseable {

  /**
   * What there is to do.
   *
   * @param experiment the experiment
   * @param configuration its configuration
   * @param work its work, with data that are loaded here
   * @param tasks the pieces
   * @param <C> the configuration
   * @param <T> a piece of the work
   * @param <R> what comes out of a piece
   */
  record Job<C, T, R>(
      Experiment<C, T, R> experiment,
      C configuration,
      PreparedWork<T, R> work,
      ImmutableList<T> tasks) {}

  /**
   * Does all pieces.
   *
   * @param job what there is to do
   * @param finished told of each piece and its result on the calling thread, in the order in which
   *     they finish
   * @param <C> the configuration
   * @param <T> a piece of the work
   * @param <R> what comes out of a piece
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  <C, T, R> void run(Job<C, T, R> job, BiConsumer<? super T, ? super R> finished);

  /** Lets go of the workers; nothing by default. */
  @Override
  default void close() {}
}
