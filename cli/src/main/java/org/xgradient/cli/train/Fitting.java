package org.xgradient.cli.train;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.xgradient.cli.option.ConsoleProgress;
import org.xgradient.data.Dataset;
import org.xgradient.report.progress.Interruption;
import org.xgradient.report.progress.ProgressReporter;
import org.xgradient.report.progress.ProgressTask;
import org.xgradient.report.text.Numbers;
import org.xgradient.training.Checkpoint;
import org.xgradient.training.EpochRecord;
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
 * @param start the state to go on from; empty to begin
 */
record Fitting(
    TrainingOptions options,
    int checkpointEvery,
    UnfinishedTraining unfinished,
    Optional<Checkpoint> start) {

  /**
   * Trains.
   *
   * @throws CancellationException if the thread was interrupted
   */
  TrainingResult run(Trainer trainer, Dataset train, Dataset validation) {
    try (ProgressReporter progress = ConsoleProgress.open();
        ProgressTask bar = progress.start("training", options.epochs(), "epochs")) {
      TrainingOptions shown =
          options.withCheckpoints(unfinished.checkpoint(), checkpointEvery).withListener(show(bar));
      if (start.isEmpty()) {
        return trainer.fit(train, validation, shown);
      }
      bar.advanceTo(start.get().epoch());
      return trainer.resume(train, validation, shown, start.get());
    } catch (CancellationException e) {
      throw Interruption.of("%s with the same command and --resume".formatted(e.getMessage()), e);
    }
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
