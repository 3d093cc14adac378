package org.xgradient.training;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.xgradient.data.FloatArray;
import org.xgradient.data.format.FormatException;
import org.xgradient.data.format.NamedArrays;
import org.xgradient.data.format.Safetensors;

/**
 * The whole state of a training between two steps: parameters, what the optimizer keeps, the best
 * epoch, the history, and where the training is. A training that goes on from it gives the same
 * weights, bit for bit, as one that was never interrupted: everything random is a function of the
 * root seed and the number of the step or epoch.
 *
 * <p>A file is in the safetensors format; what is no array is in its metadata as JSON.
 */
public final class Checkpoint {

  private static final String METADATA = "xgradient.checkpoint";
  private static final String WEIGHTS = "weights/";
  private static final String SLOTS = "slots/";
  private static final String BEST = "best/";

  private final Plan plan;
  private final TrainingProgress progress;
  private final ImmutableMap<String, FloatArray> weights;
  private final ImmutableMap<String, FloatArray> slots;
  private final Optional<Best> best;

  /**
   * What two trainings must have in common for one to go on from the other.
   *
   * @param seed the root seed
   * @param rows the number of training examples
   * @param batchSize the number of examples of a step
   * @param priors the number of priors
   */
  record Plan(long seed, int rows, int batchSize, int priors) {}

  Checkpoint(
      Plan plan,
      TrainingProgress progress,
      Map<String, FloatArray> weights,
      Map<String, FloatArray> slots,
      Optional<Best> best) {
    this.plan = plan;
    this.progress = progress;
    this.weights = ImmutableMap.copyOf(weights);
    this.slots = ImmutableMap.copyOf(slots);
    this.best = best;
  }

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the checkpoint
   * @throws FormatException if it is damaged, no checkpoint, or of another version of the format
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static Checkpoint read(Path file) {
    NamedArrays arrays = Safetensors.read(file);
    String text = arrays.metadata().get(METADATA);
    if (text == null) {
      throw new FormatException(
          file, "metadata", "those of a checkpoint", arrays.metadata().keySet());
    }
    CheckpointState state = CheckpointState.parse(file, text);
    return new Checkpoint(
        state.plan(),
        state.progress(),
        select(arrays, WEIGHTS),
        select(arrays, SLOTS),
        state.best(select(arrays, BEST)));
  }

  /**
   * Writes this checkpoint. The file appears whole or not at all.
   *
   * @param file the file to write or replace
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void write(Path file) {
    ImmutableMap.Builder<String, FloatArray> arrays = ImmutableMap.builder();
    weights.forEach((name, values) -> arrays.put(WEIGHTS + name, values));
    slots.forEach((name, values) -> arrays.put(SLOTS + name, values));
    best.ifPresent(
        epoch -> epoch.weights().forEach((name, values) -> arrays.put(BEST + name, values)));
    String text = CheckpointState.of(plan, progress, best).toJson();
    Safetensors.write(
        file, NamedArrays.of(arrays.buildOrThrow()).withMetadata(ImmutableMap.of(METADATA, text)));
  }

  private static ImmutableMap<String, FloatArray> select(NamedArrays arrays, String prefix) {
    ImmutableMap.Builder<String, FloatArray> selected = ImmutableMap.builder();
    arrays
        .arrays()
        .forEach(
            (name, values) -> {
              if (name.startsWith(prefix)) {
                selected.put(name.substring(prefix.length()), values);
              }
            });
    return selected.buildOrThrow();
  }

  /**
   * Refuses to go on with another plan, which would give neither the one training nor the other.
   */
  void checkPlan(Plan other) {
    checkArgument(
        plan.equals(other),
        "the training must have the plan of the checkpoint, %s, found %s; resume with the same"
            + " seed, data, batch size and objective",
        plan,
        other);
  }

  TrainingProgress progress() {
    return progress;
  }

  /** {@return the number of steps done} */
  public long step() {
    return progress.step();
  }

  /** {@return the number of epochs done} */
  public int epoch() {
    return progress.epoch();
  }

  /** {@return the parameters by name} */
  public ImmutableMap<String, FloatArray> weights() {
    return weights;
  }

  /** {@return what the optimizer keeps, by name} */
  public ImmutableMap<String, FloatArray> slots() {
    return slots;
  }

  /** {@return the best epoch so far; empty without validation data} */
  public Optional<Best> best() {
    return best;
  }
}
