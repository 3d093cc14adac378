package org.xgradient.training;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.xgradient.data.Batch;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;

/**
 * The placeholders of a batch.
 *
 * @param inputs the inputs, of shape {@code [batch, ...]}
 * @param labels the labels, of shape {@code [batch]}
 * @param seed what everything random is drawn from, of shape {@code [2]}
 */
record BatchOperands(
    Placeholder<TFloat32> inputs, Placeholder<TFloat32> labels, Placeholder<TInt64> seed) {

  static BatchOperands of(Ops tf, Model model) {
    return new BatchOperands(
        tf.withName("inputs")
            .placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape()))),
        tf.withName("labels")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE))),
        tf.withName("seed").placeholder(TInt64.class, Placeholder.shape(Shape.of(2))));
  }

  Feeds feed(Feeds feeds, Batch batch, long seedValue) {
    return feeds
        .with(inputs, batch.inputs())
        .with(labels, batch.labels())
        .withSeed(seed, seedValue);
  }
}
