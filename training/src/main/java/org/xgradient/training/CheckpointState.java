package org.xgradient.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.json.Json;

/** What a checkpoint holds beside arrays, as it stands in JSON. */
record CheckpointState(
    int version,
    Checkpoint.Plan plan,
    long step,
    int epoch,
    int batches,
    Sums sums,
    @Nullable Double metric,
    List<Epoch> history,
    @Nullable Integer bestEpoch,
    @Nullable Double bestMetric) {

  private static final int VERSION = 1;

  /** {@link EpochSums} in JSON. */
  record Sums(long examples, double loss, List<Double> penalties, double seconds) {}

  /** {@link EpochRecord} in JSON. */
  record Epoch(
      int epoch,
      long steps,
      double loss,
      List<Double> penalties,
      @Nullable Double metric,
      double rate,
      double seconds) {}

  static CheckpointState of(Checkpoint.Plan plan, TrainingProgress progress, Optional<Best> best) {
    EpochSums sums = progress.sums();
    return new CheckpointState(
        VERSION,
        plan,
        progress.step(),
        progress.epoch(),
        progress.batches(),
        new Sums(sums.examples(), sums.loss(), sums.penalties().asList(), sums.seconds()),
        nullable(progress.metric()),
        progress.history().stream().map(CheckpointState::epoch).toList(),
        best.map(Best::epoch).orElse(null),
        best.map(Best::metric).orElse(null));
  }

  private static Epoch epoch(EpochRecord record) {
    return new Epoch(
        record.epoch(),
        record.steps(),
        record.loss(),
        record.penalties().asList(),
        nullable(record.metric()),
        record.rate(),
        record.seconds());
  }

  static CheckpointState parse(Path file, String text) {
    try {
      CheckpointState state = Json.MAPPER.readValue(text, CheckpointState.class);
      if (state.version != VERSION) {
        throw new FormatException(
            file, "version of the checkpoint", Integer.toString(VERSION), state.version);
      }
      return state;
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "state of the training", "whole", e);
    }
  }

  String toJson() {
    return Json.line(this);
  }

  TrainingProgress progress() {
    return new TrainingProgress(
        step,
        epoch,
        batches,
        new EpochSums(
            sums.examples(),
            sums.loss(),
            ImmutableDoubleArray.copyOf(sums.penalties()),
            sums.seconds()),
        optional(metric),
        history.stream().map(CheckpointState::record).collect(ImmutableList.toImmutableList()));
  }

  Optional<Best> best(ImmutableMap<String, FloatArray> weights) {
    return bestEpoch == null || bestMetric == null
        ? Optional.empty()
        : Optional.of(new Best(bestEpoch, bestMetric, weights));
  }

  private static EpochRecord record(Epoch epoch) {
    return new EpochRecord(
        epoch.epoch(),
        epoch.steps(),
        epoch.loss(),
        ImmutableDoubleArray.copyOf(epoch.penalties()),
        optional(epoch.metric()),
        epoch.rate(),
        epoch.seconds());
  }

  private static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
