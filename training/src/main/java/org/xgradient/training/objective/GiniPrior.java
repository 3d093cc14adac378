package org.xgradient.training.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The negative Gini coefficient, as {@link Priors#gini()} defines it. */
final class GiniPrior {

  private GiniPrior() {}

  static Operand<TFloat32> penalty(Ops graph, Operand<TFloat32> attributions) {
    Ops tf = graph.withSubScope("gini");
    int n = MeanAbsolute.features(attributions);
    Operand<TFloat32> a = MeanAbsolute.of(tf, attributions);
    // n + 1 - 2 r = 2 j + 1 - n for the j-th largest value, whose rank is r = n - j
    float[] factors = new float[n];
    for (int j = 0; j < n; j++) {
      factors[j] = 2 * j + 1 - n;
    }
    var descending = tf.nn.topK(tf.stopGradient(a), tf.constant(n), TInt32.class).indices();
    var factorOf =
        tf.scatterNd(
            tf.expandDims(descending, tf.constant(1)),
            tf.constant(factors),
            tf.constant(new int[] {n}));

    var differences = tf.reduceSum(tf.math.mul(factorOf, a), tf.constant(0));
    var total = tf.reduceSum(a, tf.constant(0));
    return tf.math.divNoNan(differences, tf.math.mul(total, tf.constant((float) n)));
  }
}
