package org.xgradient.graph.savedmodel;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.rows.MixedRowsException;
import org.xgradient.graph.rows.RowTrial;

/**
 * A model from what is given to its logits, whatever is explained between.
 *
 * @param session the session
 * @param given what is fed
 * @param logits the logits of all rows together, as the graph gives them
 * @param outputs the number of logits of a row
 * @param fixedBatch the only batch size that the model takes, if so
 * @param keys keys of tables that inputs are looked up in, by operations that are fed
 */
record WholeModel(
    GraphSession session,
    GivenInputs given,
    Operand<TFloat32> logits,
    int outputs,
    OptionalInt fixedBatch,
    ImmutableMap<String, InputValues> keys) {

  /** As many as are explained together. */
  private static final int ROWS_PER_RUN = 256;

  /**
   * Computes the logits.
   *
   * @param values the values of each input by its name, of shape {@code [rows, ...]}
   * @return the logits, of shape {@code [rows, outputs]}
   */
  FloatArray logits(Map<String, InputValues> values) {
    int rows = given.check(values);
    FloatArray all = FloatArray.zeros(rows, outputs);
    int batch = fixedBatch.orElse(ROWS_PER_RUN);
    for (int from = 0; from < rows; from += batch) {
      int first = from;
      int kept = Math.min(batch, rows - from);
      int[] of = new int[fixedBatch.isPresent() ? batch : kept];
      Arrays.setAll(of, i -> Math.min(first + i, rows - 1));
      float[] found = computed(values, of).values();
      System.arraycopy(found, 0, all.values(), from * outputs, kept * outputs);
    }
    return all;
  }

  /** {@return how the logits of a row differ beside others, if a trial shows that they do} */
  Optional<String> mixing(Map<String, InputValues> values) {
    try {
      RowTrial.check(logits, of -> run(values, of), given.check(values), fixedBatch);
      return Optional.empty();
    } catch (MixedRowsException e) {
      return Optional.of(e.findings().get(0).reason());
    }
  }

  private FloatArray computed(Map<String, InputValues> values, int... rows) {
    FloatArray found;
    try {
      found = run(values, rows);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new FailedRow(values, given.names(), given.byName(keys))
          .of(e, of -> run(values, of), rows);
    }
    if (found.size() != rows.length * outputs) {
      throw new IllegalArgumentException(
          "the output must have %s values a row, as for blank rows, found the shape %s for %s rows: its size follows what is given"
              .formatted(outputs, found.shape(), rows.length));
    }
    return found;
  }

  private FloatArray run(Map<String, InputValues> values, int... rows) {
    Feeds feeds = given.addTo(Feeds.none(), values, given.names(), rows);
    FloatArray found = session.run(feeds, logits);
    return found.size() == rows.length * outputs
        ? FloatArray.of(found.values(), rows.length, outputs)
        : found;
  }
}
