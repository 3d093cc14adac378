package org.xgradient.training.step;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.xgradient.data.Batch;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;
import org.xgradient.training.objective.Loss;
import org.xgradient.training.objective.Objective;
import org.xgradient.training.optimizer.Slots;

/**
 * The placeholders of a batch.
 *
 * @param inputs the inputs, of shape {@code [batch, ...]}
 * @param labels the labels, of shape {@code [batch]}
 * @param seed what everything random is drawn from, of shape {@code [2]}
 * @param mix those of an objective that mixes examples
 */
record BatchOperands(
    Placeholder<TFloat32> inputs,
    Placeholder<TFloat32> labels,
    Placeholder<TInt64> seed,
    @Nullable Mix mix) {

  /**
   * The placeholders of mixed examples.
   *
   * @param labels the labels of what the examples are mixed with, of shape {@code [batch]}
   * @param ownShare the weight of their own labels, a scalar
   */
  record Mix(Placeholder<TFloat32> labels, Placeholder<TFloat32> ownShare) {}

  static BatchOperands of(Ops tf, Model model, Objective objective) {
    return new BatchOperands(
        tf.withName("inputs")
            .placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape()))),
        labels(tf, "labels"),
        tf.withName("seed").placeholder(TInt64.class, Placeholder.shape(Shape.of(2))),
        objective.mixup().isPresent()
            ? new Mix(labels(tf, "other_labels"), Slots.scalar(tf, "own_share"))
            : null);
  }

  private static Placeholder<TFloat32> labels(Ops tf, String name) {
    return tf.withName(name)
        .placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
  }

  /** {@return the task loss of each example, of shape [batch]: of mixed ones, of both labels} */
  Operand<TFloat32> losses(Ops tf, Loss loss, Operand<TFloat32> logits) {
    var own = loss.perExample(tf, logits, labels);
    if (mix == null) {
      return own;
    }
    var other = loss.perExample(tf, logits, mix.labels());
    // w L(y) + (1 - w) L(y')
    return tf.math.add(other, tf.math.mul(mix.ownShare(), tf.math.sub(own, other)));
  }

  /** Feeds the examples of a step. */
  Feeds feed(StepInput input) {
    return feed(input, input.batch(), input.otherLabels(), input.seed());
  }

  /** Feeds the examples of a step from one row to before another, with a seed of their own. */
  Feeds feed(StepInput input, int from, int to, long seedValue) {
    Batch batch = input.batch();
    return feed(
        input,
        new Batch(batch.inputs().rows(from, to), batch.labels().rows(from, to)),
        input.otherLabels().rows(from, to),
        seedValue);
  }

  private Feeds feed(StepInput input, Batch batch, FloatArray others, long seedValue) {
    Feeds feeds =
        Feeds.of(inputs, batch.inputs()).with(labels, batch.labels()).withSeed(seed, seedValue);
    return mix == null
        ? feeds
        : feeds.with(mix.labels(), others).withScalar(mix.ownShare(), (float) input.ownShare());
  }
}
