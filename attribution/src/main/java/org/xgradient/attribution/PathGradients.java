package org.xgradient.attribution;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.affine.AffineStart;

/** Weighted gradients at several points for each example of a batch, in one stacked pass. */
final class PathGradients {

  private final Ops tf;
  private final ForwardPass pass;
  private final Operand<TInt32> count;

  PathGradients(Ops tf, ForwardPass pass, Operand<TInt32> count) {
    this.tf = tf;
    this.pass = pass;
    // In graphs of an old version the shape of a scalar that is fed counts as unknown, and so would
    // all that is made of it.
    this.count = tf.reshape(count, tf.constant(new int[0]));
  }

  /**
   * The weighted sum of the gradients of the target at points of one straight path of each example.
   * What the model does first is affine along it as a rule, and then done once for all points.
   *
   * @param start the start {@code x'} of each path, of the shape of the inputs
   * @param path the way {@code x - x'} to the input
   * @param nodes the place {@code α} of each point, of shape {@code [count]}
   * @param coefficients the coefficients of the target, of shape {@code [batch, outputs]}
   * @param weights the factor of each point's gradients, of shape {@code [count]}
   * @return the sum, of the shape of the inputs
   */
  Operand<TFloat32> sum(
      Operand<TFloat32> start,
      Operand<TFloat32> path,
      Operand<TFloat32> nodes,
      Operand<TFloat32> coefficients,
      Operand<TFloat32> weights) {
    var stacked = stacked(between(start, path, nodes), pass.model().inputShape());
    var logits = pass.logitsAlongPath(stacked);
    var seed = seed(coefficients, weights);
    Optional<AffineStart> affine = affine(stacked, logits);
    return affine.isPresent()
        ? sum(affine.get(), start, nodes, seed)
        : summed(
            Gradients.of(tf, logits, seed, List.of(stacked)).get(0), pass.model().inputShape());
  }

  /** The same of what follows the affine start, whose transpose is then applied to the sum. */
  private Operand<TFloat32> sum(
      AffineStart affine,
      Operand<TFloat32> start,
      Operand<TFloat32> nodes,
      Operand<TFloat32> seed) {
    var atStart = affine.apply(tf, start);
    var atEnd = affine.apply(tf, pass.inputs());
    List<Operand<TFloat32>> points = new ArrayList<>();
    for (int i = 0; i < atEnd.size(); i++) {
      var way = tf.math.sub(atEnd.get(i), atStart.get(i));
      points.add(stacked(between(atStart.get(i), way, nodes), example(atEnd.get(i))));
    }
    var gradients = Gradients.orZeros(tf, affine.logits(tf, points), seed, points);
    List<Operand<TFloat32>> ofInputs = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      var sum = summed(gradients.get(i), example(atEnd.get(i)));
      ofInputs.add(Gradients.of(tf, atEnd.get(i), sum, List.of(pass.inputs())).get(0));
    }
    return total(ofInputs);
  }

  private Operand<TFloat32> total(List<Operand<TFloat32>> terms) {
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  /** A model of a fixed batch takes one point at a time, and would gain nothing. */
  private Optional<AffineStart> affine(Operand<TFloat32> stacked, Operand<TFloat32> logits) {
    return pass.model().fixedBatch().isPresent()
        ? Optional.empty()
        : AffineStart.find(stacked, logits);
  }

  /**
   * The weighted sums of the gradients of the target at points of straight paths that begin at a
   * few starts: one sum for each start and example.
   *
   * @param starts the starts {@code x'}, of shape {@code [starts, ...]}
   * @param startOfPoint the start of each point, of shape {@code [count]}, in increasing order,
   *     none left out
   * @param nodes the place {@code α} of each point, of shape {@code [count]}
   * @param coefficients the coefficients of the target, of shape {@code [batch, outputs]}
   * @param weights the factor of each point's gradients, of shape {@code [count]}
   * @return the sums, of shape {@code [starts, batch, ...]}
   */
  Operand<TFloat32> sums(
      Operand<TFloat32> starts,
      Operand<TInt32> startOfPoint,
      Operand<TFloat32> nodes,
      Operand<TFloat32> coefficients,
      Operand<TFloat32> weights) {
    var example = pass.model().inputShape();
    var stacked = stacked(between(starts, pass.inputs(), startOfPoint, nodes), example);
    var logits = pass.logitsAlongPath(stacked);
    var seed = seed(coefficients, weights);
    Optional<AffineStart> affine = affine(stacked, logits);
    return affine.isPresent()
        ? sums(affine.get(), starts, startOfPoint, nodes, seed)
        : perStart(
            Gradients.of(tf, logits, seed, List.of(stacked)).get(0), example, starts, startOfPoint);
  }

  private Operand<TFloat32> sums(
      AffineStart affine,
      Operand<TFloat32> starts,
      Operand<TInt32> startOfPoint,
      Operand<TFloat32> nodes,
      Operand<TFloat32> seed) {
    var example = pass.model().inputShape();
    var atStarts = affine.apply(tf, starts);
    var atEnd = affine.apply(tf, pass.inputs());
    List<Operand<TFloat32>> points = new ArrayList<>();
    for (int i = 0; i < atEnd.size(); i++) {
      var between = between(atStarts.get(i), atEnd.get(i), startOfPoint, nodes);
      points.add(stacked(between, example(atEnd.get(i))));
    }
    var gradients = Gradients.orZeros(tf, affine.logits(tf, points), seed, points);
    // The transpose is the same everywhere: it is taken at one input for each sum.
    var many = Shapes.rows(tf, starts);
    int[] once = new int[example.length()];
    Arrays.fill(once, 1);
    var ends = tf.tile(pass.inputs(), tf.concat(List.of(many, tf.constant(once)), axis0()));
    var atEnds = affine.apply(tf, ends);
    List<Operand<TFloat32>> ofInputs = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      var sums = perStart(gradients.get(i), example(atEnd.get(i)), starts, startOfPoint);
      var flat = tf.reshape(sums, rowsOf(tf, example(atEnd.get(i))));
      ofInputs.add(Gradients.of(tf, atEnds.get(i), flat, List.of(ends)).get(0));
    }
    return unstacked(total(ofInputs), tf.squeeze(many), example);
  }

  /**
   * The start of each path. A user's baseline may be of a shape that is known when it runs, or one
   * row for all inputs; what follows needs the shape, and as many rows as there are inputs.
   *
   * @param tf the operations of the graph
   * @param baseline gives the start
   * @param inputs the inputs, of shape {@code [batch, ...]}
   * @param example the shape of one input
   * @return the start, of the shape of the inputs, which is known but for the rows
   * @throws IllegalArgumentException if the baseline has a fixed number of rows, of which the next
   *     batch would meet the same
   */
  static Operand<TFloat32> start(
      Ops tf, Baseline baseline, Operand<TFloat32> inputs, ImmutableIntArray example) {
    var start = baseline.of(tf, inputs);
    Shape shape = start.shape();
    boolean fixed = shape.numDimensions() == 1 + example.length() && shape.get(0) > 1;
    checkArgument(
        !fixed || shape.get(0) == inputs.shape().get(0),
        "a baseline must be of one row, or of as many as the inputs in whatever batch, found %s rows;"
            + " make it of the inputs",
        shape.isUnknown() ? 0 : shape.get(0));
    boolean ofExamples =
        shape.numDimensions() == 1 + example.length() && shape.tail().equals(Shapes.of(example));
    if (ofExamples && (shape.get(0) != 1 || isOneRow(inputs.shape()))) {
      return start;
    }
    return tf.reshape(tf.broadcastTo(start, tf.shape(inputs)), rowsOf(tf, example));
  }

  private static Operand<TInt32> rowsOf(Ops tf, ImmutableIntArray example) {
    return tf.constant(ImmutableIntArray.builder().add(-1).addAll(example).build().toArray());
  }

  private static boolean isOneRow(Shape shape) {
    return !shape.isUnknown() && shape.get(0) == 1;
  }

  /** {@code x' + α (x - x')}, of shape {@code [count, batch, ...]}. */
  private Operand<TFloat32> between(
      Operand<TFloat32> start, Operand<TFloat32> path, Operand<TFloat32> nodes) {
    return tf.math.add(start, tf.math.mul(places(nodes, 1 + rank(start)), path));
  }

  /** The same for paths from one of several starts, of shape {@code [starts, ...]}. */
  private Operand<TFloat32> between(
      Operand<TFloat32> starts,
      Operand<TFloat32> ends,
      Operand<TInt32> startOfPoint,
      Operand<TFloat32> nodes) {
    var start = tf.expandDims(tf.gather(starts, startOfPoint, axis0()), tf.constant(1));
    return tf.math.add(start, tf.math.mul(places(nodes, 1 + rank(ends)), tf.math.sub(ends, start)));
  }

  private static int rank(Operand<TFloat32> rows) {
    return rows.shape().numDimensions();
  }

  private Operand<TFloat32> places(Operand<TFloat32> nodes, int rank) {
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return tf.reshape(nodes, tf.constant(shape));
  }

  private static ImmutableIntArray example(Operand<TFloat32> rows) {
    return ImmutableIntArray.copyOf(
        Arrays.stream(rows.shape().tail().asArray()).mapToInt(Math::toIntExact));
  }

  private Operand<TFloat32> stacked(Operand<TFloat32> points, ImmutableIntArray example) {
    var rows = tf.math.mul(count, Shapes.rows(tf, pass.inputs()));
    return tf.reshape(points, tf.concat(List.of(rows, tf.constant(example.toArray())), axis0()));
  }

  /** The sum over the points of stacked rows. */
  private Operand<TFloat32> summed(Operand<TFloat32> stacked, ImmutableIntArray example) {
    return tf.reduceSum(unstacked(stacked, count, example), axis0());
  }

  /** The sums over the points of each start, of shape {@code [starts, batch, ...]}. */
  private Operand<TFloat32> perStart(
      Operand<TFloat32> stacked,
      ImmutableIntArray example,
      Operand<TFloat32> starts,
      Operand<TInt32> startOfPoint) {
    return tf.math.unsortedSegmentSum(
        unstacked(stacked, count, example), startOfPoint, tf.squeeze(Shapes.rows(tf, starts)));
  }

  /** Stacked rows as {@code [points, batch, ...]}. */
  private Operand<TFloat32> unstacked(
      Operand<TFloat32> stacked, Operand<TInt32> points, ImmutableIntArray example) {
    int[] tail = ImmutableIntArray.builder().add(-1).addAll(example).build().toArray();
    return tf.reshape(
        stacked, tf.concat(List.of(tf.expandDims(points, axis0()), tf.constant(tail)), axis0()));
  }

  /** The gradient is linear in its seed: weights that are in the seed cost nothing. */
  private Operand<TFloat32> seed(Operand<TFloat32> coefficients, Operand<TFloat32> weights) {
    return tf.reshape(
        tf.math.mul(
            tf.reshape(weights, tf.constant(new int[] {-1, 1, 1})),
            tf.expandDims(coefficients, tf.constant(0))),
        tf.constant(new int[] {-1, pass.model().outputs()}));
  }

  /**
   * The gradients of the target at points.
   *
   * @param points the points, of shape {@code [count, batch, ...]}
   * @param coefficients the coefficients of the target, of shape {@code [batch, outputs]}
   * @param weights the factor of each point's gradients, of shape {@code [count]}
   * @return the weighted gradients, of shape {@code [count, batch, ...]}
   */
  Operand<TFloat32> at(
      Operand<TFloat32> points, Operand<TFloat32> coefficients, Operand<TFloat32> weights) {
    var stacked = stacked(points, pass.model().inputShape());
    var logits = pass.logitsAlongPath(stacked);
    var gradients = Gradients.of(tf, logits, seed(coefficients, weights), List.of(stacked)).get(0);
    return tf.reshape(gradients, tf.shape(points));
  }

  /**
   * A factor for each point.
   *
   * @param factors the factors, of shape {@code [count]}
   * @return the factors, of a shape that broadcasts to {@code [count, batch, ...]}
   */
  Operand<TFloat32> perPoint(Operand<TFloat32> factors) {
    return tf.reshape(factors, ones(1));
  }

  /**
   * A factor for each point and example.
   *
   * @param factors the factors, of shape {@code [count, batch]}
   * @return the factors, of a shape that broadcasts to {@code [count, batch, ...]}
   */
  Operand<TFloat32> perPointAndExample(Operand<TFloat32> factors) {
    return tf.reshape(factors, tf.concat(List.of(tf.shape(factors), features(1)), axis0()));
  }

  private Operand<TInt32> ones(int batchDimensions) {
    int[] shape = new int[1 + batchDimensions + pass.model().inputShape().length()];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return tf.constant(shape);
  }

  private Operand<TInt32> features(int size) {
    int[] shape = new int[pass.model().inputShape().length()];
    Arrays.fill(shape, size);
    return tf.constant(shape);
  }

  private Operand<TInt32> axis0() {
    return tf.constant(0);
  }
}
