package org.xgradient.graph.gradient;

import static org.xgradient.graph.gradient.RawOps.typed;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * First-order gradients that TensorFlow's C++ registry lacks, of operations that imported models
 * have; made of operations with gradients, and so of every order.
 */
final class ReductionGradients {

  static final ImmutableMap<String, RawCustomGradient> ALL =
      ImmutableMap.of(
          "AccumulateNV2", ReductionGradients::accumulate,
          "EuclideanNorm", ReductionGradients::euclideanNorm,
          "TopKV2", ReductionGradients::topK,
          "Xdivy", ReductionGradients::xdivy);

  private ReductionGradients() {}

  /** A sum of operands of one shape. */
  private static List<Operand<?>> accumulate(Ops tf, GraphOperation op, List<Output<?>> v) {
    List<Operand<?>> passed = new ArrayList<>();
    for (int i = 0; i < op.numInputs(); i++) {
      passed.add(tf.identity(v.get(0)));
    }
    return passed;
  }

  /** d |x| / dx = x / |x|, and 0 where |x| is. */
  private static List<Operand<?>> euclideanNorm(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> norm =
        RawOps.builder(tf, "EuclideanNorm", op.input(0), op.input(1))
            .setAttr("keep_dims", true)
            .build()
            .output(0);
    Operand<TFloat32> arriving = tf.reshape(typed(v.get(0)), tf.shape(norm));
    var direction = tf.math.divNoNan(typed(op.input(0)), norm);
    return List.of(tf.math.mul(arriving, direction), tf.zerosLike(op.input(1)));
  }

  /** What arrives at the k largest values goes to where they are. */
  private static List<Operand<?>> topK(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TInt32> sizes = tf.shape(typed(op.input(0)));
    Operand<TInt32> last =
        tf.gather(sizes, tf.math.sub(tf.size(sizes), tf.constant(1)), tf.constant(0));
    // of shape [..., k, n]
    Output<?> places =
        RawOps.builder(
                tf,
                "OneHot",
                op.output(1),
                last.asOutput(),
                tf.constant(1f).asOutput(),
                tf.constant(0f).asOutput())
            .build()
            .output(0);
    var scattered =
        tf.math.mul(
            tf.expandDims(typed(v.get(0)), tf.constant(-1)), RawOps.castLike(tf, op, places));
    return List.of(tf.reduceSum(scattered, tf.constant(-2)), tf.zerosLike(op.input(1)));
  }

  /** x / y, and 0 where x is: of slope 0 there, as TensorFlow defines it. */
  private static List<Operand<?>> xdivy(Ops tf, GraphOperation op, List<Output<?>> v) {
    Operand<TFloat32> x = typed(op.input(0));
    Operand<TFloat32> y = typed(op.input(1));
    var notZero = tf.math.notEqual(x, tf.zerosLike(x));
    var one = RawOps.castLike(tf, op, notZero.asOutput());
    Operand<TFloat32> inX = RawOps.add(tf, "Xdivy", one.asOutput(), y.asOutput());
    Operand<TFloat32> inY =
        RawOps.add(tf, "Xdivy", tf.math.neg(x).asOutput(), tf.math.square(y).asOutput());
    var shapes = RawOps.builder(tf, "BroadcastGradientArgs");
    var reduced = shapes.addInput(tf.shape(x).asOutput()).addInput(tf.shape(y).asOutput()).build();
    return List.of(
        unbroadcast(tf, tf.math.mul(typed(v.get(0)), inX), reduced.output(0), x),
        unbroadcast(tf, tf.math.mul(typed(v.get(0)), inY), reduced.output(1), y));
  }

  private static Operand<TFloat32> unbroadcast(
      Ops tf, Operand<TFloat32> gradient, Operand<TInt32> axes, Operand<TFloat32> operand) {
    return tf.reshape(tf.reduceSum(gradient, axes), tf.shape(operand));
  }
}
