package org.xgradient.attribution.axioms;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;

/**
 * A function made from that of a model, of the same inputs and outputs. With {@code R}, which puts
 * the features of an input in reverse order, every one of them is homogeneous where the model is.
 */
enum Variant {
  /** {@code F(x)}. */
  ITSELF {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      return model.logits(inputs, mode);
    }
  },

  /** {@code F(x)} again, for a second draw of methods that draw. */
  ITSELF_AGAIN {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      return model.logits(inputs, mode);
    }
  },

  /** {@code F(x)} by other operations: {@code ½ F(x) + ½ F(R R x)}. */
  REIMPLEMENTED {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      Ops tf = model.ops().withSubScope("reimplemented");
      var detour = Features.reversed(tf, Features.reversed(tf, inputs));
      return Features.sum(tf, 0.5f, model.logits(inputs, mode), 0.5f, model.logits(detour, mode));
    }
  },

  /** {@code F(m x)}, with a mask {@code m} of 0 for features 0, 2, 4, ... and 1 for the others. */
  WITHOUT_EVEN_FEATURES {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      return masked(model, inputs, mode, 0);
    }
  },

  /** {@code F(m x)}, with a mask {@code m} of 0 for features 1, 3, 5, ... and 1 for the others. */
  WITHOUT_ODD_FEATURES {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      return masked(model, inputs, mode, 1);
    }
  },

  /** {@code G(x) = F(R x)}: another function. */
  REVERSED {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      Ops tf = model.ops().withSubScope("reversed");
      return model.logits(Features.reversed(tf, inputs), mode);
    }
  },

  /** {@code 2 F(x) - 3 G(x)}. */
  COMBINED {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      Ops tf = model.ops().withSubScope("combined");
      return Features.sum(
          tf,
          FACTOR,
          model.logits(inputs, mode),
          FACTOR_OF_REVERSED,
          REVERSED.logits(model, inputs, mode));
    }
  },

  /** {@code F(½ (x + R x))}: symmetric in each feature and the one that is as far from the end. */
  SYMMETRIC {
    @Override
    Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode) {
      Ops tf = model.ops().withSubScope("symmetric");
      var mean = Features.sum(tf, 0.5f, inputs, 0.5f, Features.reversed(tf, inputs));
      return model.logits(mean, mode);
    }
  };

  /** The factor of {@code F} in {@link #COMBINED}. */
  static final float FACTOR = 2;

  /** The factor of {@code G} in {@link #COMBINED}. */
  static final float FACTOR_OF_REVERSED = -3;

  /**
   * Adds the operations of the function.
   *
   * @param model the model
   * @param inputs the inputs, of shape {@code [batch, ...]}
   * @param mode how dropout is treated
   * @return the logits, of shape {@code [batch, outputs]}
   */
  abstract Operand<TFloat32> logits(Model model, Operand<TFloat32> inputs, Mode mode);

  private static Operand<TFloat32> masked(
      Model model, Operand<TFloat32> inputs, Mode mode, int firstMasked) {
    Ops tf = model.ops().withSubScope("masked");
    float[] mask = new float[Features.count(model)];
    IntStream.range(0, mask.length).forEach(i -> mask[i] = i % 2 == firstMasked ? 0 : 1);
    var shaped = tf.reshape(tf.constant(mask), tf.constant(model.inputShape().toArray()));
    return model.logits(tf.math.mul(inputs, shaped), mode);
  }
}
