package org.xgradient.attribution;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Consecutive points of a {@link PathMethod}; which ones may be fed.
 *
 * @param from the index of the first point, a scalar
 * @param count the number of points, a scalar
 */
public record PointChunk(Operand<TInt32> from, Operand<TInt32> count) {

  /**
   * All points.
   *
   * @param tf the operations of the graph
   * @param points the number of points
   * @return the chunk
   */
  public static PointChunk all(Ops tf, int points) {
    return new PointChunk(tf.constant(0), tf.constant(points));
  }

  /**
   * A chunk to be fed.
   *
   * @param tf the operations of the graph
   * @return the chunk, both of whose operands are placeholders
   */
  public static PointChunk fed(Ops tf) {
    var scalar = Placeholder.shape(Shape.scalar());
    return new PointChunk(
        tf.withName("chunk_from").placeholder(TInt32.class, scalar),
        tf.withName("chunk_count").placeholder(TInt32.class, scalar));
  }

  /**
   * The entries of these points.
   *
   * @param tf the operations of the graph
   * @param perPoint something for each point, of shape {@code [points, ...]}
   * @param <T> the type of the entries
   * @return the entries of this chunk, of shape {@code [count, ...]}
   */
  public <T extends TType> Operand<T> of(Ops tf, Operand<T> perPoint) {
    return tf.gather(
        perPoint, tf.range(from, tf.math.add(from, count), tf.constant(1)), tf.constant(0));
  }
}
