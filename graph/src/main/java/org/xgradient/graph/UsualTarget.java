package org.xgradient.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Targets without parameters, which are equal wherever they are asked for. */
enum UsualTarget implements Target {
  LABEL {
    @Override
    Operand<TFloat32> ofSeveral(ForwardPass pass) {
      var labels =
          pass.labels()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the target is the logit of the label, but no labels are given; give"
                              + " them, or choose the prediction or an index"));
      return Target.label(labels).coefficients(pass);
    }
  },

  PREDICTED {
    @Override
    Operand<TFloat32> ofSeveral(ForwardPass pass) {
      var tf = pass.ops();
      return Target.label(tf.math.argMax(pass.logits(), tf.constant(1), TInt32.class))
          .coefficients(pass);
    }
  },

  RANDOM_SIGNS {
    @Override
    public Operand<TFloat32> coefficients(ForwardPass pass) {
      return ofSeveral(pass);
    }

    @Override
    Operand<TFloat32> ofSeveral(ForwardPass pass) {
      var tf = pass.ops();
      var shape = tf.shape(pass.logits());
      var uniform = StatelessRandom.uniform(tf, pass.seed(), "target signs", shape);
      var half = tf.constant(0.5f);
      return tf.select(
          tf.math.less(uniform, half),
          tf.fill(shape, tf.constant(-1f)),
          tf.fill(shape, tf.constant(1f)));
    }
  };

  @Override
  public Operand<TFloat32> coefficients(ForwardPass pass) {
    return pass.model().outputs() == 1 ? Target.index(0).coefficients(pass) : ofSeveral(pass);
  }

  /** The coefficients for a model with several outputs. */
  abstract Operand<TFloat32> ofSeveral(ForwardPass pass);
}
