package org.xgradient.training.step;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.data.image.Augmentation;
import org.xgradient.data.image.Mixup;

/**
 * What one step works on.
 *
 * @param batch the examples
 * @param otherLabels the labels of what the examples are mixed with; their own if with nothing
 * @param ownShare the weight of the examples' own labels, in {@code [0, 1]}; 1 if not mixed
 * @param seed what is drawn in the step starts from it
 * @param rate the learning rate
 * @param step the number of the step, from 0
 * @param priorWeights the weight of each prior
 */
public record StepInput(
    Batch batch,
    FloatArray otherLabels,
    double ownShare,
    long seed,
    double rate,
    long step,
    ImmutableDoubleArray priorWeights) {

  /** Examples that are not mixed. */
  public StepInput(
      Batch batch, long seed, double rate, long step, ImmutableDoubleArray priorWeights) {
    this(batch, batch.labels(), 1, seed, rate, step, priorWeights);
  }

  /** The same with the examples changed, as the seed of the step says. */
  public StepInput augmented(Optional<Augmentation> augmentation) {
    if (augmentation.isEmpty()) {
      return this;
    }
    FloatArray changed =
        augmentation.get().apply(batch.inputs(), Seeds.derive(seed, "augmentation"));
    return with(new Batch(changed, batch.labels()), otherLabels, ownShare);
  }

  /** The same with the examples mixed, as the seed of the step says. */
  public StepInput mixed(Optional<Mixup> mixup) {
    if (mixup.isEmpty()) {
      return this;
    }
    Mixup.Mixed mixed = mixup.get().apply(batch, Seeds.derive(seed, "mixup"));
    return with(new Batch(mixed.inputs(), mixed.labels()), mixed.otherLabels(), mixed.weight());
  }

  private StepInput with(Batch changed, FloatArray others, double share) {
    return new StepInput(changed, others, share, seed, rate, step, priorWeights);
  }
}
