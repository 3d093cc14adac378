package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.Batch;
import org.xgradient.data.Batches;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;

/** One training, from its first step to its last. */
final class TrainingRun {

  private static final double NANOS = 1e-9;

  private final Trainer trainer;
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final TrainingOptions options;
  private final Validation judge;
  private final Batches batches;
  private final ImmutableDoubleArray priorWeights;
  private final List<EpochRecord> history = new ArrayList<>();
  private @Nullable Batch fullBatch;
  private @Nullable Best best;
  private long step;
  private int epoch;
  private int batchesDone;
  private EpochSums sums;
  private OptionalDouble metric = OptionalDouble.empty();

  /** The best epoch so far. */
  record Best(int epoch, double metric, ImmutableMap<String, FloatArray> weights) {}

  TrainingRun(
      Trainer trainer, Dataset train, Optional<Dataset> validation, TrainingOptions options) {
    this.trainer = trainer;
    this.train = train;
    this.validation = validation;
    this.options = options;
    judge = options.validation().orElseGet(() -> Validation.of(train.task()));
    ImmutableIntArray rows = ImmutableIntArray.copyOf(IntStream.range(0, train.size()));
    batches =
        options.batchSize().isPresent()
            ? Batches.shuffled(rows, options.batchSize().getAsInt(), options.seed())
            : Batches.full(rows);
    priorWeights = trainer.priorWeights(options);
    sums = EpochSums.zero(priorWeights.length());
  }

  TrainingResult run() {
    while (epoch < options.epochs() && !isOutOfPatience()) {
      runEpoch();
    }
    if (best == null) {
      return new TrainingResult(
          trainer.weights(), epoch - 1, OptionalDouble.empty(), ImmutableList.copyOf(history));
    }
    trainer.assign(best.weights());
    return new TrainingResult(
        best.weights(),
        best.epoch(),
        OptionalDouble.of(best.metric()),
        ImmutableList.copyOf(history));
  }

  private boolean isOutOfPatience() {
    return best != null
        && judge.patience().isPresent()
        && epoch - 1 - best.epoch() >= judge.patience().getAsInt();
  }

  private void runEpoch() {
    if (judge.time() == Validation.Time.BEFORE_UPDATES && batchesDone == 0) {
      validate();
    }
    ImmutableList<ImmutableIntArray> epochBatches = batches.epoch(epoch);
    double rate = 0;
    while (batchesDone < epochBatches.size()) {
      checkInterrupted();
      rate = runStep(epochBatches.get(batchesDone));
    }
    if (judge.time() == Validation.Time.AFTER_UPDATES) {
      validate();
    }
    EpochRecord record =
        new EpochRecord(
            epoch, step, sums.meanLoss(), sums.meanPenalties(), metric, rate, sums.seconds());
    history.add(record);
    options.listener().epochFinished(record);
    epoch++;
    batchesDone = 0;
    sums = EpochSums.zero(priorWeights.length());
  }

  private void validate() {
    if (validation.isEmpty()) {
      return;
    }
    double value = trainer.predictor().evaluate(validation.get(), judge.metric());
    metric = OptionalDouble.of(value);
    if (best == null || judge.metric().direction().isBetter(value, best.metric())) {
      best = new Best(epoch, value, trainer.weights());
    }
  }

  /** Runs one step and returns its learning rate. */
  private double runStep(ImmutableIntArray rows) {
    Batch batch = batch(rows);
    double rate =
        options
            .schedule()
            .rate(
                new LearningRateSchedule.Position(
                    step, (long) options.epochs() * batches.perEpoch(), batches.perEpoch()));
    long stepSeed = Seeds.derive(options.seed(), "step", step);
    long start = System.nanoTime();
    StepLosses losses =
        trainer.step(new StepInput(batch, stepSeed, rate, step, priorWeights, options.feeds()));
    sums = sums.plus(batch.size(), losses, NANOS * (System.nanoTime() - start));
    if (!losses.areFinite()) {
      throw new DivergedException(
          "the losses of step %d, in epoch %d, must be finite, found %s and penalties %s; %s"
              .formatted(step, epoch, losses.loss(), losses.penalties(), DivergedException.ADVICE));
    }
    options
        .listener()
        .stepFinished(
            new StepRecord(epoch, step, batch.size(), losses.loss(), losses.penalties(), rate));
    step++;
    batchesDone++;
    return rate;
  }

  private Batch batch(ImmutableIntArray rows) {
    if (fullBatch != null) {
      return fullBatch;
    }
    Batch batch = train.batch(rows.toArray());
    LabelCheck.check(train.task(), train.outputs(), batch);
    if (options.batchSize().isEmpty()) {
      fullBatch = batch;
    }
    return batch;
  }

  private void checkInterrupted() {
    if (Thread.interrupted()) {
      throw new CancellationException(
          "training was interrupted before step %d, in epoch %d".formatted(step, epoch));
    }
  }
}
