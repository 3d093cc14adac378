package org.xgradient.attribution;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.attribution.memory.PassMemory;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.rows.RowIndependence;

/**
 * The explained output and its gradient at one point of the path of each example. The operations
 * are added once.
 */
final class PathProbe {

  private final GraphSession session;
  private final Model model;
  private final Placeholder<TFloat32> inputs;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TInt64> seed;
  private final Placeholder<TFloat32> positions;
  private final ImmutableIntArray explainedShape;
  private final Placeholder<TFloat32> given;
  private final boolean needsLabels;
  private final long bytesPerRow;
  private final Operand<TFloat32> coefficients;
  private final Operand<TFloat32> logits;
  private final Operand<TFloat32> explained;
  private final Operand<TFloat32> along;
  private final Operand<TFloat32> output;
  private final Operand<TFloat32> contribution;
  private final Operand<TFloat32> slope;

  private PathProbe(BoundModel bound, Baseline baseline, Target target) {
    session = bound.session();
    model = bound.model();
    RowIndependence.of(bound).requireNotMixed();
    Ops tf = model.ops().withSubScope("path_probe");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model)));
    var perRow = Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE));
    labels = tf.placeholder(TInt32.class, perRow);
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    positions = tf.placeholder(TFloat32.class, perRow);

    ForwardPass pass = model.forward(inputs).withSeed(seed).withLabels(labels);
    bytesPerRow = PassMemory.bytesPerRow(pass);
    coefficients = target.coefficients(pass);
    given =
        tf.placeholder(
            TFloat32.class,
            Placeholder.shape(Shapes.batchOf(ImmutableIntArray.of(model.outputs()))));
    needsLabels = Gradients.depends(coefficients, labels);
    logits = pass.logits();
    explained = explained(tf, logits, coefficients);

    // x' + α (x - x')
    explainedShape = pass.model().inputShape();
    int[] alphaShape = new int[1 + explainedShape.length()];
    Arrays.fill(alphaShape, 1);
    alphaShape[0] = -1;
    var start = baseline.of(tf, pass.inputs());
    var path = tf.math.sub(pass.inputs(), start);
    var alpha = tf.reshape(positions, tf.constant(alphaShape));
    var points = tf.math.add(start, tf.math.mul(alpha, path));
    along = pass.logitsAlongPath(points);
    output = explained(tf, along, given);
    contribution = tf.math.mul(path, Gradients.of(tf, along, given, List.of(points)).get(0));
    slope = tf.reduceSum(flat(tf, contribution), tf.constant(1));
  }

  private Operand<TFloat32> flat(Ops tf, Operand<TFloat32> rows) {
    int size = Shapes.size(explainedShape);
    return tf.reshape(rows, tf.constant(new int[] {-1, size}));
  }

  private static Operand<TFloat32> explained(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> coefficients) {
    return tf.reduceSum(tf.math.mul(logits, coefficients), tf.constant(1));
  }

  /** {@return the operations, added now or before} */
  static PathProbe of(BoundModel bound, Baseline baseline, Target target) {
    return bound
        .session()
        .once(
            PathProbe.class,
            List.of(bound.model(), baseline, target),
            () -> new PathProbe(bound, baseline, target));
  }

  Model model() {
    return model;
  }

  /** {@return the shape of one example's attributions} */
  ImmutableIntArray explainedShape() {
    return explainedShape;
  }

  boolean needsLabels() {
    return needsLabels;
  }

  /** The values of a point are those of a pass, and those at an input too. */
  long bytesPerRow() {
    return bytesPerRow;
  }

  /** What points are taken of. */
  record Rows(
      FloatArray values, ImmutableIntArray labels, FixedInputs fixed, AttributorOptions options) {}

  /**
   * The targets of some rows, decided once at the inputs.
   *
   * @param from the first of the rows
   * @param coefficients their coefficients, of shape {@code [rows, outputs]}
   */
  record Targets(int from, FloatArray coefficients) {}

  /** A point: how far on the path of which row. */
  record Point(int row, double position) {}

  /**
   * {@return the logits at the inputs {@code [from, to)}, of shape {@code [to - from, outputs]},
   * what is explained, and the coefficients of the targets}
   */
  ImmutableList<FloatArray> atInputs(Rows rows, int from, int to) {
    List<Point> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      all.add(new Point(i, 1));
    }
    return run(rows, null, all, List.of(logits, explained, coefficients));
  }

  /** {@return the explained output at points, of shape {@code [points]}} */
  FloatArray outputs(Rows rows, Targets targets, List<Point> points) {
    return run(rows, targets, points, List.of(output)).get(0);
  }

  /** {@return the explained output at points, and its derivative along the path} */
  ImmutableList<FloatArray> slopes(Rows rows, Targets targets, List<Point> points) {
    return run(rows, targets, points, List.of(output, slope));
  }

  /** {@return the same, and the share of each feature of the derivative} */
  ImmutableList<FloatArray> contributions(Rows rows, Targets targets, List<Point> points) {
    return run(rows, targets, points, List.of(output, slope, contribution));
  }

  private ImmutableList<FloatArray> run(
      Rows rows, @Nullable Targets targets, List<Point> points, List<Operand<TFloat32>> fetches) {
    AttributorOptions options = rows.options();
    options.checkAffordable(bytesPerRow(), model.fixedBatch().orElse(1));
    boolean whole = model.fixedBatch().isPresent() || options.wholeBatches();
    int batch = batchPoints(options, points.size());
    List<float[]> all = new ArrayList<>();
    List<FloatArray> shapes = new ArrayList<>();
    for (int from = 0; from < points.size(); from += batch) {
      if (Thread.interrupted()) {
        throw new CancellationException("attribution was interrupted");
      }
      int kept = Math.min(batch, points.size() - from);
      int size = whole ? batch : kept;
      List<FloatArray> computed =
          session.run(feeds(rows, targets, points, from, size), fetches, List.of());
      for (int i = 0; i < fetches.size(); i++) {
        FloatArray values = computed.get(i);
        if (from == 0) {
          int rowSize = values.rowSize();
          int[] shape = values.shape().toArray();
          shape[0] = points.size();
          all.add(new float[Math.multiplyExact(points.size(), rowSize)]);
          shapes.add(FloatArray.of(all.get(i), shape));
        }
        int rowSize = shapes.get(i).rowSize();
        System.arraycopy(values.values(), 0, all.get(i), from * rowSize, kept * rowSize);
      }
    }
    for (int i = 0; i < fetches.size(); i++) {
      checkFinite(fetches.get(i), shapes.get(i), rows, targets, points);
    }
    return ImmutableList.copyOf(shapes);
  }

  /** {@return how many of some points are computed at a time} */
  int batchPoints(AttributorOptions options, int points) {
    return model.fixedBatch().orElseGet(() -> options.batchRows(bytesPerRow(), points));
  }

  private Feeds feeds(
      Rows rows, @Nullable Targets targets, List<Point> points, int from, int size) {
    int[] of = new int[size];
    float[] at = new float[size];
    int[] labelOf = new int[size];
    for (int i = 0; i < size; i++) {
      Point point = points.get(Math.min(from + i, points.size() - 1));
      of[i] = point.row();
      at[i] = (float) point.position();
      labelOf[i] = needsLabels ? rows.labels().get(point.row()) : 0;
    }
    Feeds feeds =
        Feeds.of(inputs, rows.values().gather(of))
            .with(positions, FloatArray.of(at, size))
            .withSeed(seed, rows.options().seed());
    if (targets == null) {
      return rows.fixed().addTo(needsLabels ? feeds.withInts(labels, labelOf) : feeds, of);
    }
    int[] ofTargets = Arrays.stream(of).map(row -> row - targets.from()).toArray();
    return rows.fixed().addTo(feeds.with(given, targets.coefficients().gather(ofTargets)), of);
  }

  private void checkFinite(
      Operand<TFloat32> fetch,
      FloatArray values,
      Rows rows,
      @Nullable Targets targets,
      List<Point> points) {
    int index = Finiteness.firstNotFinite(values.values());
    if (index < 0) {
      return;
    }
    Point point = points.get(index / values.rowSize());
    Operand<TFloat32> parts = parts(fetch);
    Feeds feeds = feeds(rows, targets, List.of(point), 0, model.fixedBatch().orElse(1));
    int column = Finiteness.firstNotFinite(session.run(feeds, parts).rows(0, 1).values());
    throw new NotFiniteException(
        parts == contribution ? NotFiniteException.ATTRIBUTIONS : NotFiniteException.OUTPUTS,
        values.values()[index],
        point.row(),
        Math.max(0, column),
        "that is at %s of the path from the baseline to the input; look for inputs or weights that are too large"
            .formatted(point.position()));
  }

  /** What a number is the sum of. */
  private Operand<TFloat32> parts(Operand<TFloat32> fetch) {
    if (fetch == explained) {
      return logits;
    }
    if (fetch == output) {
      return along;
    }
    return fetch == slope ? contribution : fetch;
  }
}
