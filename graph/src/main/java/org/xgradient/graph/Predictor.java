package org.xgradient.training.model;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.memory.PassMemory;
import org.xgradient.data.Dataset;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Shapes;
import org.xgradient.metrics.ModelMetric;

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
    long bytes = PassMemory.bytesPerRow(pass);
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

  /** With the number of rows before these, for messages. */
  private FloatArray logits(FloatArray rows, int before) {
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

  /**
   * Computes a metric of a model.
   *
   * @param data the examples, at least one
   * @param metric the metric
   * @return its value
   * @throws IllegalArgumentException if the data do not fit the model, or the metric is not defined
   *     for them
   * @throws NotFiniteException if a logit is not finite
   */
  public double evaluate(Dataset data, ModelMetric metric) {
    FloatArray outputs = FloatArray.zeros(data.size(), model.outputs());
    FloatArray labels = FloatArray.zeros(data.size());
    for (int from = 0; from < data.size(); from += batch) {
      int to = Math.min(data.size(), from + batch);
      var part = data.batch(range(from, to));
      float[] computed = logits(part.inputs(), from).values();
      System.arraycopy(computed, 0, outputs.values(), from * model.outputs(), computed.length);
      System.arraycopy(part.labels().values(), 0, labels.values(), from, to - from);
    }
    return metric.of(outputs, labels);
  }

  private static int[] range(int from, int to) {
    int[] rows = new int[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = from + i;
    }
    return rows;
  }
}
