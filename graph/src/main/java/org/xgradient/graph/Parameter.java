package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;
import org.xgradient.data.FloatArray;

/**
 * A variable of a graph: a parameter of a model, or a slot of an optimizer.
 *
 * <p>Its value is read by one operation, so that the gradient with respect to that operand is the
 * gradient over all forward passes that share the variable.
 */
public final class Parameter {

  private static final int ZEROS_AT_A_TIME = 1 << 16;

  /** What a parameter does. */
  public enum Role {
    /** A matrix or a convolution kernel. */
    WEIGHT,
    /** Added; what an X-DNN does without. */
    BIAS,
    /** A factor. */
    SCALE,
    /** The slope of an activation function. */
    SLOPE
  }

  private final String name;
  private final Role role;
  private final ImmutableIntArray shape;
  private final Operand<? extends TType> handle;
  private final Operand<TFloat32> value;
  private final Operand<TFloat32> newValue;
  private final Op assign;

  private Parameter(
      Ops tf,
      String name,
      Role role,
      ImmutableIntArray shape,
      Operand<? extends TType> handle,
      Operand<TFloat32> value) {
    this.name = name;
    this.role = role;
    this.shape = shape;
    this.handle = handle;
    this.value = value;
    Ops scope = tf.withSubScope("assign." + name);
    this.newValue = scope.placeholder(TFloat32.class, Placeholder.shape(Shapes.of(shape)));
    this.assign = scope.assignVariableOp(handle, newValue);
  }

  /**
   * Adds a variable to a graph. It has no value until {@link #assign} gives it one.
   *
   * @param tf the operations of the graph
   * @param name the name; a second variable of that name in a graph is another variable
   * @param role what the variable does
   * @param shape the shape
   * @return the parameter
   */
  public static Parameter create(Ops tf, String name, Role role, ImmutableIntArray shape) {
    // Two handles with one shared name would be one variable.
    String unique = uniqueName((Graph) tf.scope().env(), name);
    var handle =
        tf.withName(unique)
            .varHandleOp(TFloat32.class, Shapes.of(shape), VarHandleOp.sharedName(unique));
    var value = tf.withName(unique + ".read").readVariableOp(handle, TFloat32.class);
    return new Parameter(tf, name, role, shape, handle, value);
  }

  private static String uniqueName(Graph graph, String name) {
    String unique = name;
    for (int i = 1; graph.operation(unique) != null; i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  /**
   * Wraps a variable that is in the graph already.
   *
   * @param tf the operations of the graph
   * @param name the name of the parameter
   * @param role what the variable does
   * @param shape the shape
   * @param handle the resource
   * @param value the operand that reads it
   * @return the parameter
   */
  public static Parameter wrap(
      Ops tf,
      String name,
      Role role,
      ImmutableIntArray shape,
      Operand<? extends TType> handle,
      Operand<TFloat32> value) {
    return new Parameter(tf, name, role, shape, handle, value);
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return what the variable does} */
  public Role role() {
    return role;
  }

  /** {@return the shape} */
  public ImmutableIntArray shape() {
    return shape;
  }

  /** {@return the handle of the resource, for operations that update it} */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** {@return the current value, of this shape} */
  public Operand<TFloat32> value() {
    return value;
  }

  /** {@return the number of values} */
  public int size() {
    return Shapes.size(shape);
  }

  /**
   * Gives the variable a value.
   *
   * @param session the session
   * @param values the values
   * @throws IllegalArgumentException if their shape is not that of the parameter
   */
  public void assign(GraphSession session, FloatArray values) {
    checkArgument(
        values.shape().equals(shape),
        "%s must be of shape %s, found %s",
        name,
        shape,
        values.shape());
    session.run(Feeds.of(newValue, values), List.of(), List.of(assign));
  }

  /**
   * Gives the variable a value that is written where TensorFlow reads it: outside of the Java heap,
   * which a large parameter need not fit.
   *
   * @param session the session
   * @param fill writes the values, in row-major order
   */
  public void assign(GraphSession session, Consumer<FloatDataBuffer> fill) {
    session.run(Feeds.filled(newValue, shape, fill), List.of(), List.of(assign));
  }

  /**
   * Gives the variable zeros, of which the Java heap holds a few only.
   *
   * @param session the session
   */
  public void assignZeros(GraphSession session) {
    float[] zeros = new float[Math.min(size(), ZEROS_AT_A_TIME)];
    assign(
        session,
        values -> {
          for (long from = 0; from < values.size(); from += zeros.length) {
            long count = Math.min(zeros.length, values.size() - from);
            values.offset(from).write(zeros, 0, (int) count);
          }
        });
  }

  /**
   * Reads the value.
   *
   * @param session the session
   * @return a copy of the current value
   */
  public FloatArray read(GraphSession session) {
    return session.run(Feeds.none(), value);
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape.toArray());
  }
}
