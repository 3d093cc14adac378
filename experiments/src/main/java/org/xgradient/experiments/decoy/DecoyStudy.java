package org.xgradient.experiments.decoy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.xgradient.experiments.Workers;

/**
 * Whether an attribution prior repairs a model that learned from a cue that has nothing to do with
 * the task: small convolutional networks are trained on {@link
 * org.xgradient.data.image.DecoyShapes}, where a patch of colour gives the class away, and tested
 * where it doesn't. After Ross, Hughes and Doshi-Velez (IJCAI 2017), with the attributions of FAA.
 *
 * <p>The networks of a repetition start from the same seed and see the same images, so that
 * differences can be tested in pairs. Every result is a function of the options, the arm and the
 * repetition; neither the order nor the number of workers changes a bit of it.
 */
public final class DecoyStudy {

  private final DecoyOptions options;

  /**
   * One training to do.
   *
   * @param arm the arm
   * @param repetition the number of the repetition, from 0
   */
  public record Task(DecoyArm arm, int repetition) {}

  /**
   * A study.
   *
   * @param options how large it is
   */
  public DecoyStudy(DecoyOptions options) {
    this.options = options;
  }

  /**
   * Does trainings.
   *
   * @param tasks what to do
   * @param finished told of each training on the calling thread, in the order in which they finish
   * @throws CancellationException if the thread was interrupted
   */
  public void run(List<Task> tasks, Consumer<DecoyRun> finished) {
    Workers.run(() -> new DecoyWorker(options), options.workers(), tasks, finished);
  }
}
