package org.xgradient.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One application of a model to a batch of inputs.
 *
 * <p>The task loss and the attributions of a training step share one forward pass; that is where
 * the speed of X-Gradient comes from.
 *
 * @param model the model
 * @param inputs the inputs, of shape {@code [batch, ...]}
 * @param logits the logits of those inputs, of shape {@code [batch, outputs]}
 * @param mode how dropout was treated
 * @param seed what random methods draw from, of shape {@code [2]}
 */
public record ForwardPass(
    Model model,
    Operand<TFloat32> inputs,
    Operand<TFloat32> logits,
    Mode mode,
    Operand<TInt64> seed) {

  /** {@return the operations} */
  public Ops ops() {
    return model.ops();
  }

  /**
   * The same pass with another source of what random methods draw.
   *
   * @param seed the seed, of shape {@code [2]}
   * @return the pass
   */
  public ForwardPass withSeed(Operand<TInt64> seed) {
    return new ForwardPass(model, inputs, logits, mode, seed);
  }

  /**
   * Applies the model to points of paths that start from the inputs of this pass. The dropout masks
   * are those of this pass.
   *
   * @param points the points, of shape {@code [points * batch, ...]}: all first points, then all
   *     second points, and so on
   * @return the logits, of shape {@code [points * batch, outputs]}
   */
  public Operand<TFloat32> logitsAlongPath(Operand<TFloat32> points) {
    return model.logits(points, mode.alongPathsOf(inputs));
  }
}
