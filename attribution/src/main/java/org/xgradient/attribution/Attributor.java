package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.attribution.ProgressListener.Progress;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;

/**
 * Runs an attribution method over data; the only thing that does.
 *
 * <p>The operations are added once, when it is made. It borrows the session. Rows are taken in
 * batches, and the points of a {@link PathMethod} in chunks, such that one run keeps within a
 * memory budget; the result does not depend on how, but for the order of summation, and for methods
 * that draw at random, which draw for each batch. Safe to call from several threads.
 */
public final class Attributor {

  private final GraphSession session;
  private final Placeholder<TFloat32> inputs;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TInt64> seed;
  private final @Nullable PointChunk chunk;
  private final int points;
  private final boolean needsLabels;
  private final Model model;
  private final ImmutableList<Operand<TFloat32>> fetches;
  private final boolean complete;
  private final AttributorOptions options;
  private final long bytesPerRow;
  private final ForwardPass pass;

  private Attributor(
      GraphSession session,
      Model model,
      AttributionMethod method,
      Function<Operand<TInt32>, Target> target,
      boolean needsLabels,
      AttributorOptions options) {
    this.session = session;
    this.model = model;
    this.needsLabels = needsLabels;
    this.options = options;
    Ops tf = model.ops().withSubScope("attributor");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));

    pass = model.forward(inputs).withSeed(seed);
    bytesPerRow = PassMemory.bytesPerRow(pass);
    Operand<TFloat32> coefficients = target.apply(labels).coefficients(pass);
    Target sameTarget = anyPass -> coefficients;

    List<Operand<TFloat32>> results = new ArrayList<>();
    if (method instanceof PathMethod path) {
      points = path.points();
      chunk = PointChunk.fed(tf);
      results.add(path.contribution(pass, coefficients, chunk));
    } else {
      points = 1;
      chunk = null;
      results.add(method.attribute(pass, sameTarget));
    }
    results.add(pass.logits());
    results.add(explained(tf, pass.logits(), coefficients));
    Optional<Baseline> baseline = method.completeFrom();
    complete = baseline.isPresent();
    if (complete && !method.startsFromZeroOutput()) {
      var logits = pass.logitsAlongPath(baseline.get().of(tf, inputs));
      results.add(explained(tf, logits, coefficients));
    }
    fetches = ImmutableList.copyOf(results);
  }

  /**
   * Prepares a method for a target that needs no labels.
   *
   * @param session the session of the model, borrowed
   * @param model the model
   * @param method the method
   * @param target the output of each example to explain
   * @param options budget, seed and progress
   * @return the runner
   * @throws IllegalArgumentException if the method or the target does not apply to the model
   */
  public static Attributor of(
      GraphSession session,
      Model model,
      AttributionMethod method,
      Target target,
      AttributorOptions options) {
    return new Attributor(session, model, method, labels -> target, false, options);
  }

  /**
   * Prepares a method for the logits of labels, which are given with the data.
   *
   * @param session the session of the model, borrowed
   * @param model the model
   * @param method the method
   * @param options budget, seed and progress
   * @return the runner
   * @throws IllegalArgumentException if the method does not apply to the model
   */
  public static Attributor ofLabels(
      GraphSession session, Model model, AttributionMethod method, AttributorOptions options) {
    return new Attributor(session, model, method, Target::label, true, options);
  }

  /**
   * Attributes the target to the inputs.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @return the attributions
   * @throws IllegalArgumentException if the inputs are not of the model's shape, a value is not
   *     finite, the memory budget does not hold one batch, or this was made for labels
   * @throws NotFiniteException if an output or attribution is not finite
   * @throws CancellationException if the thread was interrupted
   */
  public Attributions attribute(FloatArray rows) {
    checkArgument(!needsLabels, "this attributor explains labels; give one for each row");
    return run(rows, new int[0]);
  }

  /**
   * Attributes the logits of labels to the inputs.
   *
   * @param rows the inputs, of shape {@code [rows, ...]}, all finite
   * @param labelOfRow the label of each row, each in {@code [0, outputs)}
   * @return the attributions
   * @throws IllegalArgumentException if the inputs are not of the model's shape, a value is not
   *     finite, there is not one label for each row, a label is out of range, or this was not made
   *     for labels
   * @throws NotFiniteException if an output or attribution is not finite
   * @throws CancellationException if the thread was interrupted
   */
  public Attributions attribute(FloatArray rows, int[] labelOfRow) {
    checkArgument(needsLabels, "this attributor has a target of its own; give no labels");
    checkArgument(
        labelOfRow.length == rows.rows(),
        "there must be one label for each of %s rows, found %s",
        rows.rows(),
        labelOfRow.length);
    for (int i = 0; i < labelOfRow.length; i++) {
      checkArgument(
          labelOfRow[i] >= 0 && labelOfRow[i] < model.outputs(),
          "labels must be in [0, %s), found %s in row %s",
          model.outputs(),
          labelOfRow[i],
          i);
    }
    return run(rows, labelOfRow);
  }

  private Attributions run(FloatArray rows, int[] labelOfRow) {
    check(rows);
    options.checkAffordable(bytesPerRow, model.fixedBatch().orElse(1));
    if (model.fixedBatch().isEmpty()) {
      return runBatches(rows, labelOfRow, options.batchRows(bytesPerRow, rows.rows()));
    }
    int batch = model.fixedBatch().getAsInt();
    int[] padded = new int[(rows.rows() + batch - 1) / batch * batch];
    Arrays.setAll(padded, i -> Math.min(i, rows.rows() - 1));
    return runBatches(rows.gather(padded), Arrays.copyOf(labelOfRow, padded.length), batch)
        .rows(0, rows.rows());
  }

  private Attributions runBatches(FloatArray rows, int[] labelOfRow, int batch) {
    var collector = new AttributionCollector(rows, model.outputs(), complete);
    for (int from = 0; from < rows.rows(); from += batch) {
      int to = Math.min(rows.rows(), from + batch);
      Feeds feeds = Feeds.of(inputs, rows.rows(from, to)).withSeed(seed, options.seed() + from);
      runBatch(
          needsLabels ? feeds.withInts(labels, Arrays.copyOfRange(labelOfRow, from, to)) : feeds,
          from,
          to,
          rows.rows(),
          collector);
    }
    return collector.result();
  }

  private void runBatch(Feeds feeds, int from, int to, int rows, AttributionCollector collector) {
    int chunkPoints =
        model.fixedBatch().isPresent() ? 1 : options.chunkPoints(bytesPerRow, to - from, points);
    for (int point = 0; point < points; point += chunkPoints) {
      if (Thread.interrupted()) {
        throw new CancellationException(
            "attribution was interrupted after %d of %d rows".formatted(from, rows));
      }
      int end = Math.min(points, point + chunkPoints);
      Feeds all =
          chunk == null
              ? feeds
              : feeds.withInt(chunk.from(), point).withInt(chunk.count(), end - point);
      // Only the contributions differ between the chunks.
      if (point == 0) {
        List<FloatArray> fetched = session.run(all, fetches, List.of());
        checkFinite(NotFiniteException.OUTPUTS, fetched.get(1), from, all);
        checkFinite(NotFiniteException.ATTRIBUTIONS, fetched.get(0), from, all);
        collector.addFirst(from, fetched, end == points);
      } else {
        FloatArray contribution = session.run(all, fetches.get(0));
        checkFinite(NotFiniteException.ATTRIBUTIONS, contribution, from, all);
        collector.addNext(from, contribution, end == points);
      }
      long done = (long) from * points + (long) (to - from) * end;
      options.progress().progressed(new Progress(done, (long) rows * points));
    }
  }

  private void check(FloatArray rows) {
    checkArgument(
        rows.shape().length() > 0 && rows.rowShape().equals(model.inputShape()),
        "inputs must be of shape [rows, %s], found %s",
        model.inputShape(),
        rows.shape());
    checkArgument(rows.rows() > 0, "there are no rows to attribute");
    int notFinite = Finiteness.firstNotFinite(rows.values());
    if (notFinite >= 0) {
      throw new IllegalArgumentException(
          "inputs must be finite, found %s in row %d, feature %d"
              .formatted(
                  rows.values()[notFinite],
                  notFinite / rows.rowSize(),
                  notFinite % rows.rowSize()));
    }
  }

  private void checkFinite(String what, FloatArray computed, int from, Feeds feeds) {
    int index = Finiteness.firstNotFinite(computed.values());
    if (index >= 0) {
      int width = computed.rowSize();
      throw new NotFiniteException(
          what,
          computed.values()[index],
          from + index / width,
          index % width,
          Finiteness.origin(session, pass, feeds));
    }
  }

  private static Operand<TFloat32> explained(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> coefficients) {
    return tf.reduceSum(tf.math.mul(logits, coefficients), tf.constant(1));
  }
}
