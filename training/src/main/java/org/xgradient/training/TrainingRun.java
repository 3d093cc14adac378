package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xgradient.data.Batch;
import org.xgradient.data.Batches;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.image.PrefetchingBatches;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.training.optimizer.LearningRateSchedule;
import org.xgradient.training.step.StepInput;
import org.xgradient.training.step.StepLosses;

/** One training, from its first step or a checkpoint to its last step. */
final class TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private static final double NANOS = 1e-9;
  private static final int BATCHES_AHEAD = 2;

  private final Trainer trainer;
  private final Dataset train;
  private final Optional<Dataset> validation;
  private final TrainingOptions options;
  private final Validation judge;
  private final Batches batches;
  private final ImmutableDoubleArray priorWeights;
  private @Nullable Batch fullBatch;
  private TrainingProgress progress;
  private Optional<Best> best = Optional.empty();

  TrainingRun(
      Trainer trainer, Dataset train, Optional<Dataset> validation, TrainingOptions options) {
    this.trainer = trainer;
    this.train = train;
    this.validation = validation;
    this.options = options;
    judge = options.validation().orElseGet(Validation::byObjective);
    ImmutableIntArray rows = ImmutableIntArray.copyOf(IntStream.range(0, train.size()));
    batches =
        options.batchSize().isPresent()
            ? Batches.shuffled(rows, options.batchSize().getAsInt(), options.seed())
            : Batches.full(rows);
    priorWeights = trainer.priorWeights();
    progress = TrainingProgress.start(priorWeights.length());
  }

  /** Takes over the state of a checkpoint. */
  void goOnFrom(Checkpoint checkpoint) {
    checkpoint.checkPlan(plan());
    trainer.assign(checkpoint);
    progress = checkpoint.progress();
    best = checkpoint.best();
  }

  private Checkpoint.Plan plan() {
    return new Checkpoint.Plan(
        options.seed(),
        train.size(),
        options.batchSize().orElse(train.size()),
        priorWeights.length());
  }

  TrainingResult run() {
    while (progress.epoch() < options.epochs() && !isOutOfPatience()) {
      runEpoch();
    }
    options.checkpoints().ifPresent(this::write);
    best.ifPresent(epoch -> trainer.assign(epoch.weights()));
    return best.map(
            epoch ->
                new TrainingResult(
                    epoch.weights(),
                    epoch.epoch(),
                    OptionalDouble.of(epoch.metric()),
                    progress.history()))
        .orElseGet(
            () ->
                new TrainingResult(
                    finite(trainer.weights()),
                    progress.epoch() - 1,
                    OptionalDouble.empty(),
                    progress.history()));
  }

  private boolean isOutOfPatience() {
    return best.isPresent()
        && judge.patience().isPresent()
        && progress.epoch() - 1 - best.get().epoch() >= judge.patience().getAsInt();
  }

  private void runEpoch() {
    if (judge.time() == Validation.Time.BEFORE_UPDATES && progress.batches() == 0) {
      validate();
    }
    ImmutableList<ImmutableIntArray> epochBatches = batches.epoch(progress.epoch());
    if (train.readsFiles()) {
      var rest = epochBatches.subList(progress.batches(), epochBatches.size());
      try (var read = new PrefetchingBatches(train, rest, BATCHES_AHEAD)) {
        runSteps(epochBatches, rows -> read.next());
      }
    } else {
      runSteps(epochBatches, rows -> train.batch(rows.toArray()));
    }
    if (judge.time() == Validation.Time.AFTER_UPDATES) {
      validate();
    }
    EpochRecord record = progress.epochRecord(rate(progress.step() - 1));
    progress = progress.afterEpoch(record);
    options
        .checkpoints()
        .filter(checkpoints -> progress.epoch() % checkpoints.everyEpochs() == 0)
        .ifPresent(this::write);
    options.listener().epochFinished(record);
  }

  private void runSteps(
      ImmutableList<ImmutableIntArray> epochBatches, Function<ImmutableIntArray, Batch> reader) {
    while (progress.batches() < epochBatches.size()) {
      checkInterrupted();
      try {
        runStep(epochBatches.get(progress.batches()), reader);
      } catch (CancellationException e) {
        // Interrupted while it waited for a batch.
        checkInterrupted();
        throw e;
      }
    }
  }

  private void validate() {
    if (validation.isEmpty()) {
      return;
    }
    double value = judged();
    progress = progress.withMetric(value);
    if (best.isEmpty() || judge.direction().isBetter(value, best.get().metric())) {
      best = Optional.of(new Best(progress.epoch(), value, finite(trainer.weights())));
    }
  }

  private double judged() {
    try {
      if (judge.metric().isPresent()) {
        return judge.metric().get().of(trainer.model(), validation.orElseThrow());
      }
      double objective = trainer.objective(validation.orElseThrow(), options);
      if (Double.isFinite(objective)) {
        return objective;
      }
      // Names the row, if it is an output.
      trainer.predictor().logits(validation.orElseThrow().all().inputs());
      throw divergedOnValidation("the objective must be finite, found " + objective);
    } catch (NotFiniteException e) {
      throw divergedOnValidation(String.valueOf(e.getMessage()));
    }
  }

  private DivergedException divergedOnValidation(String what) {
    return new DivergedException(
        "after step %s, in epoch %s, of the validation data %s; %s%s"
            .formatted(
                progress.step() - 1, progress.epoch(), what, DivergedException.ADVICE, lastGood()));
  }

  /** So that neither a checkpoint nor a result ever holds what is no number. */
  private ImmutableMap<String, FloatArray> finite(ImmutableMap<String, FloatArray> values) {
    values.forEach(
        (name, array) ->
            Finiteness.notFinite(name, array)
                .ifPresent(
                    place -> {
                      throw new DivergedException(
                          "after step %s, in epoch %s, %s; %s%s"
                              .formatted(
                                  progress.step() - 1,
                                  progress.epoch(),
                                  place,
                                  DivergedException.ADVICE,
                                  lastGood()));
                    }));
    return values;
  }

  /** Where the state before the divergence is. */
  private String lastGood() {
    return options
        .checkpoints()
        .filter(checkpoints -> Files.exists(checkpoints.file()))
        .map(checkpoints -> "; the last good state is in " + checkpoints.file())
        .orElse("");
  }

  private void runStep(ImmutableIntArray rows, Function<ImmutableIntArray, Batch> reader) {
    Batch batch = batch(rows, reader);
    long step = progress.step();
    int epoch = progress.epoch();
    double rate = rate(step);
    long seed = Seeds.derive(options.seed(), "step", step);
    var input =
        new StepInput(batch, seed, rate, step, priorWeights)
            .augmented(options.augmentation())
            .mixed(trainer.mixup());
    long start = System.nanoTime();
    StepLosses losses = trainer.step(input, options.memoryBudget());
    double seconds = NANOS * (System.nanoTime() - start);
    if (!losses.areFinite()) {
      throw new DivergedException(
          "the losses of step %s, in epoch %s, must be finite, found %s and penalties %s; %s%s"
              .formatted(
                  step,
                  epoch,
                  losses.loss(),
                  losses.penalties(),
                  DivergedException.ADVICE,
                  lastGood()));
    }
    progress = progress.afterStep(batch.size(), losses, seconds);
    options
        .listener()
        .stepFinished(
            new StepRecord(epoch, step, batch.size(), losses.loss(), losses.penalties(), rate));
  }

  private double rate(long step) {
    long steps = (long) options.epochs() * batches.perEpoch();
    return options
        .schedule()
        .rate(new LearningRateSchedule.Position(step, steps, batches.perEpoch()));
  }

  private Batch batch(ImmutableIntArray rows, Function<ImmutableIntArray, Batch> reader) {
    if (fullBatch != null) {
      return fullBatch;
    }
    Batch batch = reader.apply(rows);
    BatchCheck.check(train, rows, batch);
    if (options.batchSize().isEmpty()) {
      fullBatch = batch;
    }
    return batch;
  }

  private void checkInterrupted() {
    if (Thread.interrupted()) {
      options.checkpoints().ifPresent(this::write);
      throw new CancellationException(
          "training was interrupted before step %s, in epoch %s%s"
              .formatted(
                  progress.step(),
                  progress.epoch(),
                  options.checkpoints().map(to -> "; resume from " + to.file()).orElse("")));
    }
  }

  private void write(Checkpointing checkpoints) {
    new Checkpoint(plan(), progress, finite(trainer.weights()), finite(trainer.slots()), best)
        .write(checkpoints.file());
    LOG.debug("wrote {} after step {}", checkpoints.file(), progress.step());
  }
}
