package org.xgradient.attribution;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.attribution.completeness.CompletenessCheck;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Finiteness;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Mode;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;
import org.xgradient.graph.rows.RowIndependence;

/**
 * The operations of a method on a model for a target, with what they are fed. They are added once:
 * whoever asks for the same gets the same.
 */
final class PreparedMethod {

  private final GraphSession session;
  private final BoundModel bound;
  private final Placeholder<TFloat32> inputs;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TInt64> seed;
  private final @Nullable PointChunk chunk;
  private final boolean needsLabels;
  private final boolean draws;
  private final ForwardPass pass;
  private final Operand<TFloat32> contribution;
  private final List<Operand<TFloat32>> fetches;
  private final boolean complete;
  private final Optional<CompletenessCheck> check;
  private final long bytesPerRow;

  private PreparedMethod(BoundModel bound, AttributionMethod method, Target target) {
    this.bound = bound;
    session = bound.session();
    Model model = bound.model();
    RowIndependence.of(bound).requireNotMixed();
    Ops tf = model.ops().withSubScope("attributor");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model)));
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));

    pass = model.forward(inputs, Mode.forGradients()).withSeed(seed).withLabels(labels);
    bytesPerRow = pass.bytesPerRow();
    Operand<TFloat32> coefficients = target.coefficients(pass);
    needsLabels = Gradients.depends(coefficients, labels);

    if (method instanceof PathMethod path) {
      chunk = PointChunk.fed(tf);
      contribution = path.contribution(pass, coefficients, chunk);
    } else {
      chunk = null;
      contribution = method.attribute(pass, anyPass -> coefficients);
    }
    fetches = new ArrayList<>();
    fetches.add(contribution);
    fetches.add(pass.logits());
    // Behind the gradient: beside it, another thread would have to wake up for it.
    Ops behind = tf.withControlDependencies(contribution);
    fetches.add(explained(behind, pass.logits(), coefficients));
    Optional<Baseline> baseline = method.completeFrom();
    complete = baseline.isPresent();
    check =
        complete && method.startsFromZeroOutput()
            ? Optional.of(new CompletenessCheck(pass.valueShapes().size(), pass.rounding()))
            : Optional.empty();
    if (complete && !method.startsFromZeroOutput()) {
      var start = PathGradients.start(tf, baseline.get(), pass.inputs(), explainedShape());
      var logits = pass.logitsAlongPath(start);
      fetches.add(explained(tf, logits, coefficients));
    }
    draws = fetches.stream().anyMatch(fetch -> Gradients.depends(fetch, seed));
  }

  /** {@return the operations, added now or before} */
  static PreparedMethod of(BoundModel bound, AttributionMethod method, Target target) {
    return bound
        .session()
        .once(
            PreparedMethod.class,
            List.of(bound.model(), method, target),
            () -> new PreparedMethod(bound, method, target));
  }

  /**
   * What a run on a batch gives.
   *
   * @param contribution the contributions of the points, of the shape of the inputs
   * @param logits the logits, of shape {@code [batch, outputs]}
   * @param explained the explained output, of shape {@code [batch]}
   * @param start the explained output at the baseline; empty if there is none, or it is zero
   */
  record Values(
      FloatArray contribution,
      FloatArray logits,
      FloatArray explained,
      Optional<FloatArray> start) {}

  BoundModel bound() {
    return bound;
  }

  /** {@return the shape of one example's attributions} */
  ImmutableIntArray explainedShape() {
    return pass.model().inputShape();
  }

  /** {@return whether the target asks for the labels of the examples} */
  boolean needsLabels() {
    return needsLabels;
  }

  /** {@return whether something is drawn at random} */
  boolean draws() {
    return draws;
  }

  /** {@return whether attributions add up to a change of the output} */
  boolean isComplete() {
    return complete;
  }

  /**
   * {@return how the sum of exact attributions is checked; empty for a method that is not exact}
   */
  Optional<CompletenessCheck> check() {
    return check;
  }

  long bytesPerRow() {
    return bytesPerRow;
  }

  /** What a batch is fed, but for the points. */
  Feeds feeds(FloatArray rows, int[] labelOfRow, long drawnFrom) {
    Feeds feeds = Feeds.of(inputs, rows);
    feeds = draws ? feeds.withSeed(seed, drawnFrom) : feeds;
    return needsLabels ? feeds.withInts(labels, labelOfRow) : feeds;
  }

  /** The feeds with the points {@code [from, to)}, for a method that has points. */
  Feeds withPoints(Feeds feeds, int from, int to) {
    return chunk == null
        ? feeds
        : feeds.withInt(chunk.from(), from).withInt(chunk.count(), to - from);
  }

  /**
   * Runs all.
   *
   * @param feeds the feeds, with points
   * @param before the number of rows before these, for messages
   * @throws NotFiniteException if an output or attribution is not finite
   */
  Values run(Feeds feeds, int before) {
    List<FloatArray> fetched = session.run(feeds, fetches, List.of());
    checkFinite(NotFiniteException.OUTPUTS, fetched.get(1), before, feeds);
    checkFinite(NotFiniteException.ATTRIBUTIONS, fetched.get(0), before, feeds);
    if (fetched.size() > 3) {
      checkBaseline(fetched.get(3), before);
    }
    return new Values(
        fetched.get(0),
        fetched.get(1),
        fetched.get(2),
        fetched.size() > 3 ? Optional.of(fetched.get(3)) : Optional.empty());
  }

  private static void checkBaseline(FloatArray outputs, int before) {
    int index = Finiteness.firstNotFinite(outputs.values());
    if (index >= 0) {
      throw new NotFiniteException(
          NotFiniteException.OUTPUTS,
          outputs.values()[index],
          before + index,
          0,
          "it is that at the baseline, from which attributions count; choose another baseline, such"
              + " as the mean of the rows");
    }
  }

  /**
   * Runs what differs between chunks of points.
   *
   * @param feeds the feeds, with points
   * @param before the number of rows before these, for messages
   * @return the contributions of the points, of the shape of the inputs
   * @throws NotFiniteException if an attribution is not finite
   */
  FloatArray contribution(Feeds feeds, int before) {
    FloatArray computed = session.run(feeds, contribution);
    checkFinite(NotFiniteException.ATTRIBUTIONS, computed, before, feeds);
    return computed;
  }

  private void checkFinite(String what, FloatArray computed, int before, Feeds feeds) {
    int index = Finiteness.firstNotFinite(computed.values());
    if (index >= 0) {
      int width = computed.rowSize();
      throw new NotFiniteException(
          what,
          computed.values()[index],
          before + index / width,
          index % width,
          Finiteness.origin(session, pass, feeds));
    }
  }

  private static Operand<TFloat32> explained(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> coefficients) {
    return tf.reduceSum(tf.math.mul(logits, coefficients), tf.constant(1));
  }
}
