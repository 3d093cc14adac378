package org.xgradient.benchmarks;

import java.util.concurrent.SynchronousQueue;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.training.StepRecord;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingListener;
import org.xgradient.training.TrainingOptions;

/**
 * The steps of a training without end, one for each run: a thread trains, and waits after each
 * step.
 */
final class TrainingSteps implements Workload {

  private final SynchronousQueue<Boolean> wanted = new SynchronousQueue<>();
  private final SynchronousQueue<Outcome> done = new SynchronousQueue<>();

  /** What became of a step. */
  private sealed interface Outcome {}

  /** It gave a loss. */
  private record Loss(FloatArray value) implements Outcome {}

  /** The training failed. */
  private record Failure(Throwable cause) implements Outcome {}

  TrainingSteps(Trainer trainer, Dataset data, TrainingOptions options) {
    var endless = options.withEpochs(Integer.MAX_VALUE).withListener(new Waiting());
    var thread = new Thread(() -> train(trainer, data, endless), "training");
    // Ends with the process, wherever it waits.
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public FloatArray run() {
    try {
      wanted.put(true);
      Outcome outcome = done.take();
      if (outcome instanceof Failure failure) {
        throw new IllegalStateException("the training failed", failure.cause());
      }
      return ((Loss) outcome).value();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a step was under way", e);
    }
  }

  private void train(Trainer trainer, Dataset data, TrainingOptions options) {
    try {
      wanted.take();
      trainer.fit(data, options);
    } catch (RuntimeException | Error e) {
      // Errors too, such as a lack of memory: whoever waits would wait for ever.
      put(new Failure(e));
    } catch (InterruptedException e) {
      put(new Failure(new IllegalStateException(e)));
    }
  }

  private void put(Outcome outcome) {
    try {
      done.put(outcome);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while an outcome was waited for", e);
    }
  }

  /** Hands over the loss of each step, and waits until another is wanted. */
  private final class Waiting implements TrainingListener {
    @Override
    public void stepFinished(StepRecord step) {
      put(new Loss(FloatArray.of(new float[] {(float) step.loss()}, 1)));
      try {
        wanted.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while no step was wanted", e);
      }
    }
  }
}
