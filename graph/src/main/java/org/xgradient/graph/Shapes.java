package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Conversions between shapes of arrays and shapes of tensors. */
public final class Shapes {

  private Shapes() {}

  /**
   * {@return the number of values of a shape}
   *
   * @param shape the sizes of the dimensions
   * @throws ArithmeticException if there are more than {@code Integer.MAX_VALUE}
   */
  public static int size(ImmutableIntArray shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * {@return the shape as TensorFlow's}
   *
   * @param shape the sizes of the dimensions
   */
  public static Shape of(ImmutableIntArray shape) {
    return Shape.of(shape.stream().asLongStream().toArray());
  }

  /**
   * The shape of a batch of any size.
   *
   * @param example the shape of one example
   * @return the shape {@code [?, ...]}
   */
  public static Shape batchOf(ImmutableIntArray example) {
    return Shape.of(Shape.UNKNOWN_SIZE).append(of(example));
  }

  /**
   * The shape of a batch of a model: of any size, unless the model takes one example at a time.
   *
   * @param model the model
   * @return the shape {@code [?, ...]} or {@code [1, ...]}
   */
  public static Shape batchOf(Model model) {
    return model.fixedBatch().equals(OptionalInt.of(1))
        ? Shape.of(1).append(of(model.inputShape()))
        : batchOf(model.inputShape());
  }

  /**
   * {@return the number of rows of a batch, of shape {@code [1]}}
   *
   * @param tf the operations of the graph
   * @param batch the batch, of shape {@code [rows, ...]}
   */
  public static Operand<TInt32> rows(Ops tf, Operand<? extends TType> batch) {
    return tf.shape.size(tf.shape(batch), tf.constant(0));
  }

  /**
   * {@return all axes but the first, of shape {@code [rank - 1]}}
   *
   * @param tf the operations of the graph
   * @param batch the batch, of shape {@code [rows, ...]} and of known rank
   */
  public static Operand<TInt32> featureAxes(Ops tf, Operand<TFloat32> batch) {
    int rank = batch.shape().numDimensions();
    int[] axes = new int[rank - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 1;
    }
    return tf.constant(axes);
  }

  /**
   * Flattens each row.
   *
   * @param tf the operations of the graph
   * @param batch the batch, of shape {@code [rows, ...]}
   * @return the rows, of shape {@code [rows, features]}
   */
  public static Operand<TFloat32> flatRows(Ops tf, Operand<TFloat32> batch) {
    Shape shape = batch.shape();
    if (shape.numDimensions() == 2) {
      return batch;
    }
    long features = 1;
    for (int i = 1; i < shape.numDimensions(); i++) {
      features *= shape.get(i);
    }
    return tf.reshape(batch, tf.constant(new long[] {-1, features}));
  }
}
