package org.xgradient.graph;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.walk.GraphWalk;

/** Finds values that are infinite or not a number, and where they come from. */
public final class Finiteness {

  private Finiteness() {}

  /**
   * Finds the first value that is not finite.
   *
   * @param values the values
   * @return its index, or -1 if all are finite
   */
  public static int firstNotFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Checks the parameters of a model. Adds operations, so it is for models that have not run yet.
   *
   * @param session the session of the model
   * @param parameters the parameters
   * @throws IllegalArgumentException if one has a value that is not finite; the message names the
   *     parameter and the place in it
   */
  public static void checkParameters(GraphSession session, List<Parameter> parameters) {
    Ops tf = session.ops().withSubScope("finite");
    List<Operand<TFloat32>> finite = new ArrayList<>();
    for (Parameter parameter : parameters) {
      var all =
          tf.reduceAll(
              tf.reshape(tf.math.isFinite(parameter.value()), tf.array(-1)),
              tf.constant(0),
              ReduceAll.keepDims(false));
      finite.add(tf.dtypes.cast(all, TFloat32.class));
    }
    if (finite.isEmpty()) {
      return;
    }
    List<FloatArray> flags = session.run(Feeds.none(), finite, List.of());
    for (int i = 0; i < flags.size(); i++) {
      if (flags.get(i).values()[0] == 0) {
        Parameter parameter = parameters.get(i);
        throw new IllegalArgumentException(
            notFinite(parameter.name(), parameter.read(session)).orElseThrow());
      }
    }
  }

  /**
   * Says where an array is not finite.
   *
   * @param name the name of the array
   * @param array the array
   * @return a sentence; empty if all values are finite
   */
  public static Optional<String> notFinite(String name, FloatArray array) {
    int index = firstNotFinite(array.values());
    return index < 0
        ? Optional.empty()
        : Optional.of(
            "the values of '%s' must be finite, found %s at %s"
                .formatted(name, array.values()[index], position(array.shape(), index)));
  }

  private static ImmutableIntArray position(ImmutableIntArray shape, int index) {
    int[] position = new int[shape.length()];
    int rest = index;
    for (int i = shape.length() - 1; i >= 0; i--) {
      position[i] = rest % shape.get(i);
      rest /= shape.get(i);
    }
    return ImmutableIntArray.copyOf(position);
  }

  /**
   * Says which operation of a forward pass is the first that gives a value that is not finite.
   *
   * @param session the session
   * @param pass the pass
   * @param feeds the inputs of the pass, and what else it needs
   * @return a sentence without its full stop
   */
  public static String origin(GraphSession session, ForwardPass pass, Feeds feeds) {
    for (GraphOperation operation :
        GraphWalk.between(List.of(pass.inputs()), List.of(pass.logits()))) {
      // What is fed can't be fetched, and was checked.
      boolean computed = !operation.equals(pass.inputs().asOutput().op());
      if (computed
          && operation.numOutputs() > 0
          && operation.output(0).dataType() == DataType.DT_FLOAT) {
        FloatArray value = session.run(feeds, operation.<TFloat32>output(0));
        if (firstNotFinite(value.values()) >= 0) {
          return "the first operation that gives such a value is %s (%s); look for inputs or weights that are too large"
              .formatted(operation.name(), operation.type());
        }
      }
    }
    return "the outputs of all layers are finite, so a gradient is not; look for inputs or weights that are too large";
  }
}
