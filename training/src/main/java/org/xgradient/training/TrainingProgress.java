package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import java.util.OptionalDouble;
import org.xgradient.training.step.StepLosses;

/**
 * How far a training is: immutable, between two steps.
 *
 * @param step the number of steps done
 * @param epoch the number of epochs done
 * @param batches the number of batches done in the epoch after them
 * @param sums the losses of those
 * @param metric the metric of the latest validation; empty before the first
 * @param history the epochs done
 */
record TrainingProgress(
    long step,
    int epoch,
    int batches,
    EpochSums sums,
    OptionalDouble metric,
    ImmutableList<EpochRecord> history) {

  static TrainingProgress start(int priors) {
    return new TrainingProgress(
        0, 0, 0, EpochSums.zero(priors), OptionalDouble.empty(), ImmutableList.of());
  }

  TrainingProgress withMetric(double value) {
    return new TrainingProgress(step, epoch, batches, sums, OptionalDouble.of(value), history);
  }

  TrainingProgress afterStep(int examples, StepLosses losses, double seconds) {
    return new TrainingProgress(
        step + 1, epoch, batches + 1, sums.plus(examples, losses, seconds), metric, history);
  }

  TrainingProgress afterEpoch(EpochRecord record) {
    ImmutableList<EpochRecord> longer =
        ImmutableList.<EpochRecord>builder().addAll(history).add(record).build();
    return new TrainingProgress(
        step, epoch + 1, 0, EpochSums.zero(sums.penalties().length()), metric, longer);
  }

  /** {@return the record of the epoch whose last step is done} */
  EpochRecord epochRecord(double rate) {
    return new EpochRecord(
        epoch, step, sums.meanLoss(), sums.meanPenalties(), metric, rate, sums.seconds());
  }
}
