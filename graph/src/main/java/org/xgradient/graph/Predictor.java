package org.xgradient.graph;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;

/** Runs a model in inference mode over data. The operations are added once for a model. */
public final class Predictor {

  private static final int MAX_BATCH = 4096;

  /** Values that one run may compute, such that its memory stays small. */
  private static final long MAX_VALUES = 1L << 26;

  private final GraphSession session;
  private final Model model;
  private final Placeholder<TFloat32> inputs;
  private final ForwardPass pass;
  private final int batch;

  private Predictor(BoundModel bound) {
    session = bound.session();
    model = bound.model();
    Ops tf = model.ops().withSubScope("predictor");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    pass = model.forward(inputs);
    long bytes = pass.bytesPerRow();
    batch =
        model
            .fixedBatch()
            .orElse((int) Math.max(1, Math.min(MAX_BATCH, MAX_VALUES * Float.BYTES / bytes)));
  }

  /**
   * Prepares a model.
   *
   * @param model the model
   * @return the predictor
   */
  public static Predictor of(BoundModel model) {
    return model.session().once(Predictor.class, model.model(), () -> new Predictor(model));
  }

  /**
   * Computes the logits of some examples.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}
   * @return the logits, of shape {@code [rows, outputs]}
   * @throws IllegalArgumentException if the inputs are not of the model's shape
   * @throws NotFiniteException if a logit is not finite
   */
  public FloatArray logits(FloatArray rows) {
    return logits(rows, 0);
  }

  /** {@return how many rows are computed at a time} */
  public int batch() {
    return batch;
  }

  /**
   * Computes the logits of some examples of many.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}
   * @param before the number of rows before these, for messages
   * @return the logits, of shape {@code [rows, outputs]}
   * @throws IllegalArgumentException if the inputs are not of the model's shape
   * @throws NotFiniteException if a logit is not finite
   */
  public FloatArray logits(FloatArray rows, int before) {
    checkArgument(
        !rows.shape().isEmpty() && rows.rowShape().equals(model.inputShape()),
        "inputs must be of shape [rows, %s], found %s",
        model.inputShape(),
        rows.shape());
    FloatArray all = FloatArray.zeros(rows.rows(), model.outputs());
    for (int from = 0; from < rows.rows(); from += batch) {
      int to = Math.min(rows.rows(), from + batch);
      // The usual case, few rows, is not copied.
      FloatArray part = to - from == rows.rows() ? rows : rows.rows(from, to);
      Feeds feeds = Feeds.of(inputs, filledUp(part));
      float[] computed = session.run(feeds, pass.logits()).values();
      checkFinite(computed, before + from, feeds);
      System.arraycopy(
          computed, 0, all.values(), from * model.outputs(), (to - from) * model.outputs());
    }
    return all;
  }

  private void checkFinite(float[] computed, int from, Feeds feeds) {
    int index = Finiteness.firstNotFinite(computed);
    if (index >= 0) {
      throw new NotFiniteException(
          NotFiniteException.OUTPUTS,
          computed[index],
          from + index / model.outputs(),
          index % model.outputs(),
          Finiteness.origin(session, pass, feeds));
    }
  }

  /** The rows, and for a model of a fixed batch copies of the last one. */
  private FloatArray filledUp(FloatArray rows) {
    if (model.fixedBatch().isEmpty() || rows.rows() == batch) {
      return rows;
    }
    int[] indices = new int[batch];
    Arrays.setAll(indices, i -> Math.min(i, rows.rows() - 1));
    return rows.gather(indices);
  }
}
