package org.xgradient.attribution;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
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
import org.xgradient.graph.affine.AffineEnds;
import org.xgradient.graph.affine.AffineStart;
import org.xgradient.graph.rows.RowIndependence;

/**
 * The explained output and its gradient at one point of the path of each example. The operations
 * are added once.
 */
final class PathProbe {

  /**
   * What lies behind the affine start of a model may have so many values for each of an input's:
   * all are fetched for each point, which takes the time that the start would take if there are
   * more.
   */
  private static final int MOST_VALUES = 2;

  private final GraphSession session;
  private final BoundModel bound;
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
  private final Operand<TFloat32> attribution;
  private final Placeholder<TFloat32> sums;
  private final Placeholder<TFloat32> ends;
  private final Placeholder<TInt32> rowOfPoint;
  private final boolean shares;
  private final int contributionSize;

  private PathProbe(BoundModel bound, Baseline baseline, Target target) {
    this.bound = bound;
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
    bytesPerRow = pass.bytesPerRow();
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
    var start = PathGradients.start(tf, baseline, pass.inputs(), explainedShape);
    var path = tf.math.sub(pass.inputs(), start);
    var alpha = tf.reshape(positions, tf.constant(alphaShape));
    var points = tf.math.add(start, tf.math.mul(alpha, path));
    var whole = pass.logitsAlongPath(points);
    ends = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model)));
    rowOfPoint = tf.placeholder(TInt32.class, perRow);
    sums = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1)));
    Optional<AffineEnds> affine = affine(tf, baseline, points, whole);
    shares = affine.isPresent();
    if (affine.isPresent()) {
      AffineEnds behind = affine.get();
      along = behind.logits();
      var gradients = Gradients.orZeros(tf, along, given, behind.points());
      contributionSize = behind.size();
      contribution = behind.flat(gradients);
      slope = behind.slope(gradients);
      var atStarts = PathGradients.start(tf, baseline, ends, explainedShape);
      attribution = tf.math.mul(tf.math.sub(ends, atStarts), behind.ofInputs(sums));
    } else {
      along = whole;
      var gradient = Gradients.of(tf, along, given, List.of(points)).get(0);
      contributionSize = Shapes.size(explainedShape);
      contribution =
          tf.reshape(tf.math.mul(path, gradient), tf.constant(new int[] {-1, contributionSize}));
      slope = tf.reduceSum(contribution, tf.constant(1));
      attribution = sums;
    }
    output = explained(tf, along, given);
  }

  /** What the model does first, once for each row and not for each point. */
  private Optional<AffineEnds> affine(
      Ops tf, Baseline baseline, Operand<TFloat32> points, Operand<TFloat32> whole) {
    if (model.fixedBatch().isPresent()) {
      return Optional.empty();
    }
    return AffineStart.find(points, whole)
        .map(
            affine ->
                new AffineEnds(
                    tf,
                    affine,
                    PathGradients.start(tf, baseline, ends, explainedShape),
                    ends,
                    rowOfPoint,
                    positions))
        .filter(behind -> behind.size() <= MOST_VALUES * Shapes.size(explainedShape))
        // What else is given for each row would have to be beside each point.
        .filter(behind -> !Gradients.depends(behind.logits(), inputs));
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

  BoundModel bound() {
    return bound;
  }

  /** {@return the shape of one example's attributions} */
  ImmutableIntArray explainedShape() {
    return explainedShape;
  }

  boolean needsLabels() {
    return needsLabels;
  }

  /** {@return the values that {@link #contributions} gives for each point} */
  int contributionSize() {
    return contributionSize;
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

  /** {@return the same, and for each point what {@link #attributions} makes attributions of} */
  ImmutableList<FloatArray> contributions(Rows rows, Targets targets, List<Point> points) {
    return run(rows, targets, points, List.of(output, slope, contribution));
  }

  /**
   * Makes attributions.
   *
   * @param from the first of some rows
   * @param weighted the weighted sum of the contributions of the points of each, of shape {@code
   *     [rows, contributionSize()]}
   * @return the attributions, of shape {@code [rows, ...]}
   */
  FloatArray attributions(Rows rows, int from, FloatArray weighted) {
    if (!shares) {
      return weighted;
    }
    int count = weighted.rows();
    int size = Shapes.size(explainedShape);
    int batch = batchPoints(rows.options(), count);
    float[] all = new float[Math.multiplyExact(count, size)];
    for (int first = 0; first < count; first += batch) {
      int kept = Math.min(batch, count - first);
      int[] of = new int[rows.options().wholeBatches() ? batch : kept];
      for (int i = 0; i < of.length; i++) {
        of[i] = Math.min(first + i, count - 1);
      }
      int[] inRows = Arrays.stream(of).map(row -> row + from).toArray();
      Feeds feeds = Feeds.of(ends, rows.values().gather(inRows)).with(sums, weighted.gather(of));
      float[] computed = session.run(feeds, attribution).values();
      System.arraycopy(computed, 0, all, first * size, kept * size);
    }
    int notFinite = Finiteness.firstNotFinite(all);
    if (notFinite >= 0) {
      throw new NotFiniteException(
          NotFiniteException.ATTRIBUTIONS,
          all[notFinite],
          from + notFinite / size,
          notFinite % size,
          "a gradient on the path is not; look for inputs or weights that are too large");
    }
    return FloatArray.of(all, count, size);
  }

  private ImmutableList<FloatArray> run(
      Rows rows, @Nullable Targets targets, List<Point> points, List<Operand<TFloat32>> fetches) {
    AttributorOptions options = rows.options();
    options.checkAffordable(bytesPerRow, model.fixedBatch().orElse(1));
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
    return model.fixedBatch().orElseGet(() -> options.batchRows(bytesPerRow, points));
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
        Feeds.of(positions, FloatArray.of(at, size)).withSeed(seed, rows.options().seed());
    feeds =
        targets != null && shares
            ? withEnds(feeds, rows, of)
            : feeds.with(inputs, rows.values().gather(of));
    if (targets == null) {
      return rows.fixed().addTo(needsLabels ? feeds.withInts(labels, labelOf) : feeds, of);
    }
    int[] ofTargets = Arrays.stream(of).map(row -> row - targets.from()).toArray();
    return rows.fixed().addTo(feeds.with(given, targets.coefficients().gather(ofTargets)), of);
  }

  /** Each row once; but where bits must not depend on the others, once for each point. */
  private Feeds withEnds(Feeds feeds, Rows rows, int[] of) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    int[] rowOf = new int[of.length];
    for (int i = 0; i < of.length; i++) {
      rowOf[i] =
          rows.options().wholeBatches() ? i : places.computeIfAbsent(of[i], row -> places.size());
    }
    int[] once =
        rows.options().wholeBatches()
            ? of
            : places.keySet().stream().mapToInt(Integer::intValue).toArray();
    return feeds.with(ends, rows.values().gather(once)).withInts(rowOfPoint, rowOf);
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
    FloatArray found = session.run(feeds, parts).rows(0, 1);
    if (parts == contribution) {
      // Of the tensors that are behind the start, and not of the inputs.
      attributions(rows, point.row(), found);
    }
    int column = Finiteness.firstNotFinite(found.values());
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
