package org.xgradient.graph;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * How a forward pass treats layers that behave differently in training and in inference.
 *
 * <p>Everything that is drawn at random in a pass is a pure function of a seed that is an operand,
 * and so can be fed: the same seed gives the same dropout masks, however often the pass is run.
 */
public final class Mode {

  private static final Mode INFERENCE = new Mode(false, null, null, null);
  private static final Mode FOR_GRADIENTS = new Mode(true, null, null, null);

  private final boolean forGradients;
  private final @Nullable Operand<TInt64> seed;
  private final @Nullable Operand<TFloat32> maskBatch;
  private final @Nullable Operand<TFloat32> present;

  private Mode(
      boolean forGradients,
      @Nullable Operand<TInt64> seed,
      @Nullable Operand<TFloat32> maskBatch,
      @Nullable Operand<TFloat32> present) {
    this.forGradients = forGradients;
    this.seed = seed;
    this.maskBatch = maskBatch;
    this.present = present;
  }

  /** {@return the mode in which dropout does nothing} */
  public static Mode inference() {
    return INFERENCE;
  }

  /** {@return the mode of inference for a pass that will be differentiated} */
  public static Mode forGradients() {
    return FOR_GRADIENTS;
  }

  /**
   * The mode in which dropout drops.
   *
   * @param seed the seed of the dropout masks, of shape {@code [2]}
   * @return the mode
   */
  public static Mode training(Operand<TInt64> seed) {
    return new Mode(true, seed, null, null);
  }

  /**
   * The mode of passes along a path: their inputs are {@code [points * batch, ...]}, the points of
   * a path of each example of a batch, and every point of an example's path meets the dropout mask
   * of that example. Otherwise the function would change along its path.
   *
   * @param batch the batch from which the paths start, of shape {@code [batch, ...]}
   * @return the mode
   */
  public Mode alongPathsOf(Operand<TFloat32> batch) {
    return new Mode(true, seed, maskBatch == null ? batch : maskBatch, present);
  }

  /**
   * The mode of sequences that are filled up to one length. What is present stays so along paths,
   * whatever the values there.
   *
   * @param steps 1 for each step that is there and 0 for each that fills up, of shape {@code
   *     [batch, steps]}
   * @return the mode
   */
  public Mode withPresent(Operand<TFloat32> steps) {
    return new Mode(forGradients, seed, maskBatch, steps);
  }

  /**
   * Which steps of sequences are there.
   *
   * @param tf the operations of the layer that asks
   * @param inputs the sequences, of shape {@code [rows, steps, channels]}: the batch of this mode,
   *     or points of paths from it
   * @return 1 for each step that is there and 0 for the others, of shape {@code [rows, steps, 1]};
   *     empty if all are
   */
  public Optional<Operand<TFloat32>> present(Ops tf, Operand<TFloat32> inputs) {
    if (present == null) {
      return Optional.empty();
    }
    var steps = tf.expandDims(present, tf.constant(-1));
    if (maskBatch == null) {
      return Optional.of(steps);
    }
    // Points of a path are stacked point by point, so that whole copies fit them.
    var copies = tf.math.div(Shapes.rows(tf, inputs), Shapes.rows(tf, present));
    return Optional.of(
        tf.tile(steps, tf.concat(List.of(copies, tf.constant(new int[] {1, 1})), tf.constant(0))));
  }

  /**
   * Whether a pass will be differentiated, as those of trainings and along paths are. What only
   * gradients need may then be added to the graph, and what they don't need forgotten.
   *
   * @return whether it will
   */
  public boolean isForGradients() {
    return forGradients;
  }

  /** {@return the seed of the dropout masks, of shape {@code [2]}; empty in inference} */
  public Optional<Operand<TInt64>> seed() {
    return Optional.ofNullable(seed);
  }

  /**
   * The batch whose examples each have one mask.
   *
   * @param inputs the inputs of the layer that masks, of shape {@code [rows, ...]}
   * @return the batch, whose size divides that of {@code inputs}
   */
  public Operand<TFloat32> maskBatch(Operand<TFloat32> inputs) {
    return maskBatch == null ? inputs : maskBatch;
  }
}
