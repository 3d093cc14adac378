package org.xgradient.graph.affine;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.Shapes;

/**
 * Points of straight paths, one path for each row, behind the affine start of a model: the start is
 * done for the two ends of each path, however many points it has.
 */
public final class AffineEnds {

  private final Ops tf;
  private final Operand<TFloat32> ends;
  private final ImmutableList<Operand<TFloat32>> atEnds;
  private final ImmutableList<Operand<TFloat32>> points;

  /** What changes along the path of each point. */
  private final ImmutableList<Operand<TFloat32>> ways;

  private final Operand<TFloat32> logits;

  /**
   * Adds the operations.
   *
   * @param tf the operations of the graph
   * @param affine the start
   * @param starts where the paths begin, of shape {@code [rows, ...]}
   * @param ends where they end, of shape {@code [rows, ...]}
   * @param rowOfPoint the path of each point, of shape {@code [points]}
   * @param places the place {@code α} of each point on it, of shape {@code [points]}
   */
  public AffineEnds(
      Ops tf,
      AffineStart affine,
      Operand<TFloat32> starts,
      Operand<TFloat32> ends,
      Operand<TInt32> rowOfPoint,
      Operand<TFloat32> places) {
    this.tf = tf;
    this.ends = ends;
    this.atEnds = affine.apply(tf, ends);
    ImmutableList<Operand<TFloat32>> atStarts = affine.apply(tf, starts);
    ImmutableList.Builder<Operand<TFloat32>> between = ImmutableList.builder();
    ImmutableList.Builder<Operand<TFloat32>> along = ImmutableList.builder();
    for (int i = 0; i < atEnds.size(); i++) {
      int[] each = new int[atEnds.get(i).shape().numDimensions()];
      Arrays.fill(each, 1);
      each[0] = -1;
      var way = ofPoints(tf.math.sub(atEnds.get(i), atStarts.get(i)), rowOfPoint);
      var place = tf.reshape(places, tf.constant(each));
      // x' + α (x - x')
      between.add(tf.math.add(ofPoints(atStarts.get(i), rowOfPoint), tf.math.mul(place, way)));
      along.add(way);
    }
    this.points = between.build();
    this.ways = along.build();
    this.logits = affine.logits(tf, points);
  }

  private Operand<TFloat32> ofPoints(Operand<TFloat32> rows, Operand<TInt32> rowOfPoint) {
    return tf.gather(rows, rowOfPoint, tf.constant(0));
  }

  /** {@return the tensors behind the start at the points, each of shape {@code [points, ...]}} */
  public ImmutableList<Operand<TFloat32>> points() {
    return points;
  }

  /** {@return the number of values of a point in all of them} */
  public int size() {
    return atEnds.stream().mapToInt(AffineEnds::size).sum();
  }

  /** {@return the logits at the points, of shape {@code [points, outputs]}} */
  public Operand<TFloat32> logits() {
    return logits;
  }

  /**
   * The derivative along the path.
   *
   * @param gradients those with respect to {@link #points}
   * @return the derivative at each point, of shape {@code [points]}
   */
  public Operand<TFloat32> slope(List<? extends Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      terms.add(tf.math.mul(gradients.get(i), ways.get(i)));
    }
    return tf.reduceSum(flat(terms), tf.constant(1));
  }

  /**
   * Side by side.
   *
   * @param tensors of the shapes of {@link #points}
   * @return one row for each point, of shape {@code [points, values]}
   */
  public Operand<TFloat32> flat(List<? extends Operand<TFloat32>> tensors) {
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int i = 0; i < atEnds.size(); i++) {
      var shape = tf.constant(new int[] {-1, size(atEnds.get(i))});
      flat.add(tf.reshape(tensors.get(i), shape));
    }
    return flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(1));
  }

  /**
   * The gradient with respect to the ends.
   *
   * @param sums the weighted sums of gradients with respect to {@link #points} over the points of
   *     each path, flat, of shape {@code [rows, values]}
   * @return the weighted sums of the gradients with respect to the inputs, of shape {@code [rows,
   *     ...]}
   */
  public Operand<TFloat32> ofInputs(Operand<TFloat32> sums) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    int from = 0;
    for (Operand<TFloat32> atEnd : atEnds) {
      int size = size(atEnd);
      var part =
          tf.slice(sums, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, size}));
      long[] rows = atEnd.shape().asArray();
      rows[0] = -1;
      var seed = tf.reshape(part, tf.constant(rows));
      terms.add(Gradients.of(tf, atEnd, seed, List.of(ends)).get(0));
      from += size;
    }
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  private static int size(Operand<TFloat32> rows) {
    return Shapes.size(
        ImmutableIntArray.copyOf(
            Arrays.stream(rows.shape().tail().asArray()).mapToInt(Math::toIntExact)));
  }
}
