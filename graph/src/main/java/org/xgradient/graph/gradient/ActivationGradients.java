package org.xgradient.graph.gradient;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;

/**
 * The gradients of the gradients of activation functions, for operands of any floating-point type.
 *
 * <p>TensorFlow has the gradient operation {@code FGrad(dy, z) = dy f'(.)} of each activation
 * function. In each, {@code v} is what arrives from above.
 */
final class ActivationGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.<String, RawCustomGradient>builder()
          .put("ReluGrad", ActivationGradients::reluGrad)
          .put("Relu6Grad", ActivationGradients::relu6Grad)
          .put("EluGrad", ActivationGradients::eluGrad)
          .put("SeluGrad", ActivationGradients::seluGrad)
          .put("SoftplusGrad", ActivationGradients::softplusGrad)
          .put("SigmoidGrad", ActivationGradients::sigmoidGrad)
          .put("TanhGrad", ActivationGradients::tanhGrad)
          .put("SqrtGrad", ActivationGradients::sqrtGrad)
          .put("RsqrtGrad", ActivationGradients::rsqrtGrad)
          .buildOrThrow();

  private ActivationGradients() {}

  /** {@code ReluGrad(dy, x) = dy [x > 0]}: constant in x almost everywhere. */
  private static List<Operand<?>> reluGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> x = input(op, 1);
    return List.of(tf.nn.reluGrad(typed(v.get(0)), x), NoGradient.NONE);
  }

  /** {@code Relu6Grad(dy, x) = dy [0 < x < 6]}: constant in x almost everywhere. */
  private static List<Operand<?>> relu6Grad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> x = input(op, 1);
    return List.of(tf.nn.relu6Grad(typed(v.get(0)), x), NoGradient.NONE);
  }

  /** {@code EluGrad(dy, y)} = dy (y + 1) where y is negative, else dy. */
  private static List<Operand<?>> eluGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 1);
    return List.of(tf.nn.eluGrad(typed(v.get(0)), y), whereNegative(tf, y, op, v));
  }

  /** {@code SeluGrad(dy, y)} = dy (y + scale alpha) where y is negative, else dy scale. */
  private static List<Operand<?>> seluGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 1);
    return List.of(tf.nn.seluGrad(typed(v.get(0)), y), whereNegative(tf, y, op, v));
  }

  /** v dy where y is negative, else 0. */
  private static Operand<TFloat32> whereNegative(
      Ops tf, Operand<TFloat32> y, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> zero = tf.zerosLike(y);
    return tf.select(tf.math.less(y, zero), tf.math.mul(typed(v.get(0)), input(op, 0)), zero);
  }

  /** SoftplusGrad(dy, x) = dy s(x), with s' = s (1 - s). */
  private static List<Operand<?>> softplusGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> x = input(op, 1);
    var sigmoid = tf.math.sigmoid(x);
    var slope = tf.math.mul(sigmoid, tf.math.sub(tf.onesLike(x), sigmoid));
    return List.of(
        tf.math.softplusGrad(typed(v.get(0)), x),
        tf.math.mul(tf.math.mul(typed(v.get(0)), input(op, 0)), slope));
  }

  /** SigmoidGrad(y, dy) = dy y (1 - y), whose derivative in y is dy (1 - 2 y). */
  private static List<Operand<?>> sigmoidGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 0);
    var vdy = tf.math.mul(typed(v.get(0)), input(op, 1));
    var slope = tf.math.sub(tf.onesLike(y), tf.math.add(y, y));
    return List.of(tf.math.mul(vdy, slope), tf.math.sigmoidGrad(y, typed(v.get(0))));
  }

  /** TanhGrad(y, dy) = dy (1 - y²), whose derivative in y is -2 dy y. */
  private static List<Operand<?>> tanhGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 0);
    var vdy = tf.math.mul(typed(v.get(0)), input(op, 1));
    return List.of(
        tf.math.neg(tf.math.mul(vdy, tf.math.add(y, y))), tf.math.tanhGrad(y, typed(v.get(0))));
  }

  /** SqrtGrad(y, dy) = dy / (2 y), whose derivative in y is -SqrtGrad(y, dy) / y. */
  private static List<Operand<?>> sqrtGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> self = typed(op.output(0));
    return List.of(
        tf.math.neg(tf.math.div(tf.math.mul(typed(v.get(0)), self), y)),
        tf.math.sqrtGrad(y, typed(v.get(0))));
  }

  /** RsqrtGrad(y, dy) = -dy y³ / 2, whose derivative in y is 3 RsqrtGrad(y, dy) / y. */
  private static List<Operand<?>> rsqrtGrad(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> self = typed(op.output(0));
    var quotient = tf.math.div(tf.math.mul(typed(v.get(0)), self), y);
    return List.of(
        tf.math.add(tf.math.add(quotient, quotient), quotient),
        tf.math.rsqrtGrad(y, typed(v.get(0))));
  }

  private static Operand<TFloat32> input(GraphOperation op, int index) {
    return typed(op.input(index));
  }

  /** The operations are the same for every type; Java's generics want one. */
  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> typed(Output<?> output) {
    return (Operand<TFloat32>) output;
  }
}
