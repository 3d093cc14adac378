package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Which output of a model is explained, as coefficients of its logits: example {@code i}'s
 * explained output is {@code Σ_c t_ic F_c(x_i)}.
 *
 * <p>The coefficients are made once for a forward pass and are constant in its inputs: the target
 * of a path is the target of its end, and does not change along it.
 */
@FunctionalInterface
public interface Target {

  /**
   * Adds the operations that give the coefficients.
   *
   * @param pass the forward pass
   * @return the coefficients, of shape {@code [batch, outputs]}, without a gradient
   */
  Operand<TFloat32> coefficients(ForwardPass pass);

  /**
   * The logit of each example's label, as a training prior explains it. Of a model with one output,
   * that output, whatever the label.
   *
   * @return the target; it throws {@code IllegalArgumentException} for a model with several outputs
   *     if the pass has no labels
   */
  static Target label() {
    return UsualTarget.LABEL;
  }

  /**
   * The logit of each example's label, from labels of one's own.
   *
   * @param labels the labels, of shape {@code [batch]}, each in {@code [0, outputs)}; a label
   *     outside gives zero attributions
   * @return the target
   */
  static Target label(Operand<TInt32> labels) {
    return pass -> oneHot(pass, labels);
  }

  /**
   * One logit for all examples.
   *
   * @param index the index of the logit
   * @return the target; it throws {@code IllegalArgumentException} for a model without that logit
   */
  static Target index(int index) {
    return new IndexTarget(index);
  }

  /**
   * The sum of some logits, the same for all examples: of a class over all pixels, for instance.
   *
   * @param indices the indices of the logits, at least one
   * @return the target; it throws {@code IllegalArgumentException} for a model without one of them
   * @throws IllegalArgumentException if there is none
   */
  static Target sum(ImmutableIntArray indices) {
    return new SumTarget(indices);
  }

  /**
   * The usual target of an explanation: the largest logit of each example, decided once, at the
   * inputs of the pass. Of a model with one output, that output.
   *
   * @return the target
   */
  static Target predicted() {
    return UsualTarget.PREDICTED;
  }

  /**
   * A mix of all logits with coefficients that are +1 or -1 at random, drawn for each example from
   * the seed of the pass. A prior on this target reaches every class at the cost of one.
   *
   * @return the target
   */
  static Target randomSigns() {
    return UsualTarget.RANDOM_SIGNS;
  }

  private static Operand<TFloat32> oneHot(ForwardPass pass, Operand<TInt32> labels) {
    var tf = pass.ops();
    return tf.oneHot(labels, tf.constant(pass.model().outputs()), tf.constant(1f), tf.constant(0f));
  }
}
