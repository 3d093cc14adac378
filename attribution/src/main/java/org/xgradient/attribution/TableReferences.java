package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.StatelessRandom;

/** References that are rows of a table. */
record TableReferences(BiFunction<Ops, ForwardPass, Operand<TFloat32>> table, Order order)
    implements ReferenceDistribution {

  private static final String PURPOSE = "expected gradients references";

  enum Order {
    UNIFORM,
    SHUFFLED
  }

  static TableReferences of(FloatArray rows, Order order) {
    checkArgument(rows.rows() > 0, "there must be at least one reference, found none");
    return new TableReferences(new Rows(rows), order);
  }

  /** Rows that are known; those of the same values are equal, so that a graph has them once. */
  private record Rows(FloatArray rows) implements BiFunction<Ops, ForwardPass, Operand<TFloat32>> {

    @Override
    public Operand<TFloat32> apply(Ops tf, ForwardPass pass) {
      return tf.reshape(tf.constant(rows.values()), tf.constant(rows.shape().toArray()));
    }
  }

  @Override
  public Operand<TFloat32> draw(ForwardPass pass, int draws, PointChunk chunk) {
    Ops tf = pass.ops().withSubScope("references");
    Operand<TFloat32> rows = table.apply(tf, pass);
    checkArgument(
        rows.shape().isCompatibleWith(Shapes.batchOf(pass.model().inputShape())),
        "references must be of shape [rows, %s] like the inputs, found %s",
        pass.model().inputShape(),
        rows.shape());
    var indices =
        switch (order) {
          case UNIFORM -> uniform(tf, pass, draws, rows);
          case SHUFFLED -> shuffled(tf, pass, draws, rows);
        };
    return tf.gather(rows, chunk.of(tf, indices), tf.constant(0));
  }

  /** Indices of shape {@code [draws, batch]}. */
  private static Operand<TInt32> uniform(
      Ops tf, ForwardPass pass, int draws, Operand<TFloat32> rows) {
    var shape = shape(tf, draws, Shapes.rows(tf, pass.inputs()));
    var bound = tf.squeeze(Shapes.rows(tf, rows));
    return StatelessRandom.uniformInt(tf, pass.seed(), PURPOSE, shape, bound);
  }

  /** Indices of shape {@code [draws, batch]}: permutations, repeated or cut to the batch. */
  private static Operand<TInt32> shuffled(
      Ops tf, ForwardPass pass, int draws, Operand<TFloat32> rows) {
    var size = Shapes.rows(tf, rows);
    var keys = StatelessRandom.uniform(tf, pass.seed(), PURPOSE, shape(tf, draws, size));
    // The ranks of random keys are a random permutation.
    var permutations = tf.nn.topK(keys, tf.squeeze(size), TInt32.class).indices();
    var batch = tf.squeeze(Shapes.rows(tf, pass.inputs()));
    var positions = tf.math.mod(tf.range(tf.constant(0), batch, tf.constant(1)), size);
    return tf.gather(permutations, positions, tf.constant(1));
  }

  private static Operand<TInt32> shape(Ops tf, int draws, Operand<TInt32> columns) {
    return tf.concat(List.of(tf.constant(new int[] {draws}), columns), tf.constant(0));
  }

  /** References that differ from their example where a mask is 1. */
  record Within(ReferenceDistribution all, FloatArray mask) implements ReferenceDistribution {

    Within {
      for (float value : mask.values()) {
        checkArgument(
            value == 0 || value == 1, "the values of a mask must be 0 or 1, found %s", value);
      }
    }

    @Override
    public Operand<TFloat32> draw(ForwardPass pass, int draws, PointChunk chunk) {
      checkArgument(
          mask.shape().equals(pass.model().inputShape()),
          "the mask must be of the shape of one example, %s, found %s",
          pass.model().inputShape(),
          mask.shape());
      Ops tf = pass.ops().withSubScope("references_within");
      var own = tf.reshape(tf.constant(mask.values()), tf.constant(mask.shape().toArray()));
      var drawn = all.draw(pass, draws, chunk);
      var example = tf.expandDims(pass.inputs(), tf.constant(0));
      // Not x + m (x' - x), which would round where nothing is to change.
      return tf.math.add(
          tf.math.mul(own, drawn), tf.math.mul(tf.math.sub(tf.constant(1f), own), example));
    }
  }
}
