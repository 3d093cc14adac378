package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.graphdef.Borders;
import org.xgradient.graph.graphdef.GraphFunction;
import org.xgradient.graph.graphdef.TensorName;
import org.xgradient.graph.rows.MixedRowsException;
import org.xgradient.graph.rows.RowTrial;

/**
 * Tensors that could be explained in the place of one whose size follows what is given, as a mean
 * over the words of a text does not.
 *
 * @param session the session
 * @param function the graph
 * @param given what is fed
 * @param candidates tensors behind those that are explained, the earliest first
 * @param keys what stands for nothing else than zeros, by operations that are fed
 */
record TensorsOfOneSize(
    GraphSession session,
    GraphFunction function,
    GivenInputs given,
    Supplier<ImmutableList<TensorName>> candidates,
    ImmutableMap<String, InputValues> keys) {

  /** Each is one more run. */
  private static final int MOST = 50;

  /**
   * What to do.
   *
   * @param values the values of each input
   * @param rows the indices of rows for which a tensor has another size than for blank ones
   * @return the advice, on one line
   */
  String advice(Map<String, InputValues> values, int... rows) {
    ImmutableList<TensorName> names =
        candidates.get().stream().limit(MOST).collect(ImmutableList.toImmutableList());
    ImmutableList<Output<?>> tensors = function.apply(given.operands(), names);
    Ops tf = session.ops().withSubScope("one_size");
    for (int i = 0; i < names.size(); i++) {
      Operand<TFloat32> tensor = Borders.floats(tf, tf.identity(tensors.get(i)));
      if (isOfOneSize(tensor, values, rows)) {
        return advice(names.get(i), tensor, values, rows);
      }
    }
    return "no tensor behind it was found that is of one size; give rows of one size";
  }

  private String advice(
      TensorName name, Operand<TFloat32> tensor, Map<String, InputValues> values, int... rows) {
    try {
      RowTrial.check(
          tensor,
          of -> run(tensor, values, IntStream.of(of).map(i -> rows[i]).toArray()),
          rows.length,
          OptionalInt.empty());
      return "explain a tensor behind it that is of one size for all: --at " + name;
    } catch (MixedRowsException e) {
      return "a tensor behind it, %s (--at), is of one size, but differs with the rows beside a row, so that rows can be explained there one at a time only, each in a file of its own"
          .formatted(name);
    }
  }

  private boolean isOfOneSize(
      Operand<TFloat32> tensor, Map<String, InputValues> values, int... rows) {
    try {
      FloatArray found = run(tensor, values, rows);
      return !found.shape().isEmpty()
          && found.rows() == rows.length
          && found.shape().equals(session.run(given.blank(rows.length, keys), tensor).shape());
    } catch (TensorFlowException | IllegalArgumentException e) {
      return false;
    }
  }

  private FloatArray run(Operand<TFloat32> tensor, Map<String, InputValues> values, int... rows) {
    return session.run(given.addTo(Feeds.none(), values, given.names(), rows), tensor);
  }
}
