package org.xgradient.cli.train;

import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.Dataset;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.Checkpoint;
import org.xgradient.training.EpochRecord;
import org.xgradient.training.LambdaPath;
import org.xgradient.training.LambdaPoint;
import org.xgradient.training.LambdaSearch;
import org.xgradient.training.Trainer;
import org.xgradient.training.TrainingListener;
import org.xgradient.training.TrainingOptions;
import org.xgradient.training.TrainingResult;

/**
 * The epochs of a training, with a progress bar and a state to go on from.
 *
 * @param options how to train, without checkpoints and listener
 * @param checkpointEvery after how many epochs the state is saved each
 * @param unfinished where the state is kept
 * @param resume whether to go on from the state that is there
 */
record Fitting(
    TrainingOptions options, int checkpointEvery, UnfinishedTraining unfinished, boolean resume) {

  /**
   * Trains.
   *
   * @throws CancellationException if the thread was interrupted
   */
  TrainingResult run(Trainer trainer, Dataset train, Dataset validation) {
    return run(
        shown -> trainer.fit(train, validation, shown),
        (shown, from) -> trainer.resume(train, validation, shown, from));
  }

  /**
   * Finds the weight of the priors if that is asked for, and trains; where there is nothing to
   * judge epochs, all of them.
   *
   * @throws IllegalArgumentException if a weight is to be found and there is nothing to judge it
   * @throws CancellationException if the thread was interrupted
   */
  Fitted run(PromiseOptions promise, Trainer trainer, Dataset train, Dataset validation) {
    if (validation.size() == 0) {
      promise.checkNotSearched();
      return new Fitted(Optional.empty(), run(promise.weighted(trainer), train));
    }
    Optional<LambdaPath> path =
        promise
            .searchIfAsked(trainer)
            .map(search -> search(search, point -> {}, train, validation));
    return new Fitted(
        path,
        path.map(found -> found.best().training())
            .orElseGet(() -> run(trainer, train, validation)));
  }

  /**
   * What came of it.
   *
   * @param path the weights that were tried; empty if none was to be found
   * @param result the training whose parameters the model has
   */
  record Fitted(Optional<LambdaPath> path, TrainingResult result) {}

  /**
   * Trains all epochs, for there is nothing to judge them.
   *
   * @throws CancellationException if the thread was interrupted
   */
  TrainingResult run(Trainer trainer, Dataset train) {
    return run(
        shown -> trainer.fit(train, shown), (shown, from) -> trainer.resume(train, shown, from));
  }

  private TrainingResult run(
      Function<TrainingOptions, TrainingResult> fit,
      BiFunction<TrainingOptions, Checkpoint, TrainingResult> goOn) {
    sayCost(1);
    try (ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start("training", options.epochs(), "epochs")) {
      TrainingOptions shown = shown(bar);
      if (!resume || !Files.exists(unfinished.checkpoint())) {
        return fit.apply(shown);
      }
      Checkpoint start = Checkpoint.read(unfinished.checkpoint());
      bar.advanceTo(start.epoch());
      return goOn.apply(shown, start);
    } catch (CancellationException e) {
      throw interrupted(e);
    }
  }

  /**
   * Finds the weight of the priors, by several trainings.
   *
   * @param listener told of each of them
   * @throws CancellationException if the thread was interrupted
   */
  LambdaPath search(
      LambdaSearch search, LambdaSearch.Listener listener, Dataset train, Dataset validation) {
    int epochs = options.epochs();
    sayCost(search.trainings());
    try (ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar =
            progress.start("training", (long) search.trainings() * epochs, "epochs")) {
      LambdaSearch shown = search.withListener(new Steps(listener, bar, epochs));
      TrainingOptions each = shown(bar);
      return resume ? shown.resume(train, validation, each) : shown.fit(train, validation, each);
    } catch (CancellationException e) {
      throw interrupted(e);
    }
  }

  /** Moves the bar to the end of each training, which may have been over early. */
  private static final class Steps implements LambdaSearch.Listener {

    private final LambdaSearch.Listener listener;
    private final ProgressTask bar;
    private final int epochs;
    private int trainings;

    Steps(LambdaSearch.Listener listener, ProgressTask bar, int epochs) {
      this.listener = listener;
      this.bar = bar;
      this.epochs = epochs;
    }

    @Override
    public void tried(LambdaPoint point) {
      listener.tried(point);
      next();
    }

    @Override
    public void leftOut(LambdaPoint point) {
      listener.leftOut(point);
      next();
    }

    private void next() {
      trainings++;
      bar.advanceTo((long) trainings * epochs);
    }
  }

  /** Before the first step, also where no bar is shown. */
  private void sayCost(int trainings) {
    ConsoleProgress.note(
        "%s of at most %s",
        trainings == 1 ? "1 training" : "at most %d trainings".formatted(trainings),
        Numbers.count(options.epochs(), "epoch"));
  }

  private TrainingOptions shown(ProgressTask bar) {
    return options
        .withCheckpoints(unfinished.checkpoint(), checkpointEvery)
        .withListener(show(bar));
  }

  private static CancellationException interrupted(CancellationException e) {
    return Interruption.of("%s with the same command and --resume".formatted(e.getMessage()), e);
  }

  private static TrainingListener show(ProgressTask bar) {
    return new TrainingListener() {
      @Override
      public void epochFinished(EpochRecord epoch) {
        bar.step();
        bar.note("loss " + Numbers.significant(epoch.loss(), 3));
      }
    };
  }
}
