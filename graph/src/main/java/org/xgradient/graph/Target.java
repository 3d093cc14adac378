package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

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
   * The logit of each example's label.
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
    return pass -> {
      int outputs = pass.model().outputs();
      checkArgument(
          index >= 0 && index < outputs,
          "the target must be one of the %s outputs of the model, from 0, found %s",
          outputs,
          index);
      var tf = pass.ops();
      var rows = Shapes.rows(tf, pass.logits());
      return oneHot(pass, tf.fill(rows, tf.constant(index)));
    };
  }

  /**
   * The only logit.
   *
   * @return the target; it throws {@code IllegalArgumentException} for a model with several
   */
  static Target onlyLogit() {
    return pass -> {
      int outputs = pass.model().outputs();
      checkArgument(
          outputs == 1,
          "the model must have one output, found %s; choose a label, an index or the prediction",
          outputs);
      return index(0).coefficients(pass);
    };
  }

  /** {@return the largest logit of each example, decided once, at the inputs of the pass} */
  static Target predicted() {
    return pass -> {
      var tf = pass.ops();
      return oneHot(pass, tf.math.argMax(pass.logits(), tf.constant(1), TInt32.class));
    };
  }

  /**
   * A mix of all logits with coefficients that are +1 or -1 at random, drawn for each example from
   * the seed of the pass. A prior on this target reaches every class at the cost of one.
   *
   * @return the target
   */
  static Target randomSigns() {
    return pass -> {
      var tf = pass.ops();
      var shape = tf.shape(pass.logits());
      var uniform = StatelessRandom.uniform(tf, pass.seed(), "target signs", shape);
      var half = tf.constant(0.5f);
      return tf.select(
          tf.math.less(uniform, half),
          tf.fill(shape, tf.constant(-1f)),
          tf.fill(shape, tf.constant(1f)));
    };
  }

  private static Operand<TFloat32> oneHot(ForwardPass pass, Operand<TInt32> labels) {
    var tf = pass.ops();
    return tf.oneHot(labels, tf.constant(pass.model().outputs()), tf.constant(1f), tf.constant(0f));
  }
}
