package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Shapes;

/** A penalty on the attributions of some features. */
record MaskPrior(FloatArray mask) implements Prior {

  @Override
  public Operand<TFloat32> penalty(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("mask");
    checkArgument(
        attributions.shape().isCompatibleWith(Shapes.batchOf(mask.shape())),
        "the mask must be of the shape of one example of %s, found %s",
        attributions.shape(),
        mask.shape());
    var unwanted = tf.reshape(tf.constant(mask.values()), tf.constant(mask.shape().toArray()));
    var squares = tf.math.square(tf.math.mul(attributions, unwanted));
    var perExample = tf.reduceSum(squares, Shapes.featureAxes(tf, attributions));
    return tf.math.mean(perExample, tf.constant(0));
  }
}
