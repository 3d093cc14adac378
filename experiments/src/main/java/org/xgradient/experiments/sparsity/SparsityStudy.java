package org.xgradient.experiments.sparsity;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.xgradient.data.table.PreparedTable;
import org.xgradient.experiments.Workers;

/**
 * Trains arms on the same repeated splits of a table (FAA, Sec. 4.3 and App. B.3): the networks of
 * a repetition start from the same seed and see the same rows, so that differences can be tested in
 * pairs.
 *
 * <p>Every result is a function of the options, the arm, the weight and the repetition; neither the
 * order nor the number of workers changes a bit of it.
 */
public final class SparsityStudy {

  private final IntFunction<PreparedTable> data;
  private final StudyOptions options;
  private final LongAdder buildingNanos = new LongAdder();

  /**
   * One training to do.
   *
   * @param arm the arm
   * @param lambda the weight of its prior, ignored without one
   * @param repetition the number of the repetition, from 0
   */
  public record Task(Arm arm, double lambda, int repetition) {}

  /**
   * A study of a table.
   *
   * @param data gives the split and preprocessed table of a repetition, of a binary task; called
   *     from several threads
   * @param options how to train
   */
  public SparsityStudy(IntFunction<PreparedTable> data, StudyOptions options) {
    this.data = data;
    this.options = options;
  }

  /**
   * Does trainings.
   *
   * @param tasks what to do
   * @param finished told of each training on the calling thread, in the order in which they finish
   * @throws CancellationException if the thread was interrupted
   */
  public void run(List<Task> tasks, Consumer<StudyRun> finished) {
    Workers.run(
        () -> new StudyWorker(data, options, buildingNanos), options.workers(), tasks, finished);
  }

  /** {@return the time that all workers together spent on building graphs, in seconds} */
  public double buildingSeconds() {
    return buildingNanos.sum() / 1e9;
  }
}
