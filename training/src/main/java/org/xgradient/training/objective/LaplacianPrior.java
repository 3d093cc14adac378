package org.xgradient.training.objective;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/** A quadratic form of the mean absolute attributions. */
record LaplacianPrior(FloatArray laplacian) implements Prior {

  static LaplacianPrior of(FloatArray laplacian) {
    var shape = laplacian.shape();
    checkArgument(
        shape.length() == 2 && shape.get(0) == shape.get(1),
        "the Laplacian must be of shape [features, features], found %s",
        shape);
    int n = shape.get(0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        float lower = laplacian.values()[i * n + j];
        float upper = laplacian.values()[j * n + i];
        checkArgument(
            lower == upper,
            "the Laplacian must be symmetric, found %s in row %s, column %s and %s across",
            lower,
            i,
            j,
            upper);
      }
    }
    return new LaplacianPrior(laplacian);
  }

  @Override
  public Operand<TFloat32> penalty(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("laplacian");
    int features = MeanAbsolute.features(attributions);
    checkArgument(
        laplacian.rows() == features,
        "the Laplacian must be of shape [%s, %s] like the features, found %s",
        features,
        features,
        laplacian.shape());
    var matrix =
        tf.reshape(tf.constant(laplacian.values()), tf.constant(new int[] {features, features}));
    var a = tf.expandDims(MeanAbsolute.of(tf, attributions), tf.constant(1));
    var product = tf.linalg.matMul(matrix, a);
    return tf.reduceSum(tf.math.mul(a, product), tf.constant(new int[] {0, 1}));
  }
}
