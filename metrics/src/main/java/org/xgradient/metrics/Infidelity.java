package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.ForwardPass;
import org.xgradient.graph.Gradients;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;

/**
 * How badly attributions predict the change of the output under perturbations: the mean over {@code
 * I} of {@code (Iᵀ Φ - (F(x) - F(x - I)))²}.
 *
 * <p>At least 0, in the square of the output's unit; lower is better. {@code Φ} is an attribution
 * per unit of the input, such as the gradient; a method whose attributions are contributions, such
 * as X-Gradient, has to be divided by the distance of the input from the baseline first: {@link
 * #perUnit}.
 *
 * @see <a href="https://arxiv.org/abs/1901.09392">Yeh et al. (2019), On the (in)fidelity and
 *     sensitivity of explanations, Def. 2.1</a>
 */
public final class Infidelity {

  private static final int MAX_BATCH = 64;

  private final GraphSession session;
  private final Model model;
  private final Placeholder<TFloat32> inputs;
  private final Placeholder<TFloat32> attributions;
  private final Placeholder<TInt32> labels;
  private final Placeholder<TInt64> seed;
  private final Operand<TFloat32> squaredError;
  private final boolean needsLabels;

  private Infidelity(BoundModel bound, Perturbation perturbation) {
    session = bound.session();
    model = bound.model();
    Ops tf = model.ops().withSubScope("infidelity");
    var batch = Placeholder.shape(Shapes.batchOf(model.inputShape()));
    inputs = tf.placeholder(TFloat32.class, batch);
    attributions = tf.placeholder(TFloat32.class, batch);
    labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));

    ForwardPass pass = model.forward(inputs).withLabels(labels);
    Operand<TFloat32> coefficients = Target.label().coefficients(pass);
    needsLabels = Gradients.depends(coefficients, labels);
    Operand<TFloat32> removed = perturbation.of(tf, inputs, seed);
    var perturbed = model.forward(tf.math.sub(inputs, removed));
    // (Iᵀ Φ - (F(x) - F(x - I)))²
    var predicted =
        tf.reduceSum(tf.math.mul(removed, attributions), Shapes.featureAxes(tf, inputs));
    var change =
        tf.reduceSum(
            tf.math.mul(coefficients, tf.math.sub(pass.logits(), perturbed.logits())),
            tf.constant(1));
    squaredError = tf.math.square(tf.math.sub(predicted, change));
  }

  /**
   * Prepares the metric for the logit of the label, or the only logit of a model with one.
   *
   * @param model the model
   * @param perturbation the perturbations
   * @return the metric
   */
  public static Infidelity of(BoundModel model, Perturbation perturbation) {
    return new Infidelity(model, perturbation);
  }

  /**
   * Judges attributions.
   *
   * @param rows the inputs that were explained, of shape {@code [rows, ...]}, all finite
   * @param labelOfRow the label of each row; not looked at for a model with one output
   * @param perUnit the attributions per unit of the input, of the shape of the inputs, all finite
   * @param samples the number of perturbations of each row, at least 1
   * @param rootSeed what they are drawn from; they are drawn for 64 rows at a time
   * @return the infidelity of each row
   * @throws IllegalArgumentException if a shape or a label does not fit, a value is not finite, or
   *     there is no sample
   * @throws CancellationException if the thread was interrupted
   */
  public double[] ofRows(
      FloatArray rows, int[] labelOfRow, FloatArray perUnit, int samples, long rootSeed) {
    check(rows, labelOfRow, perUnit, samples);
    double[] means = new double[rows.rows()];
    for (int from = 0; from < rows.rows(); from += MAX_BATCH) {
      int to = Math.min(rows.rows(), from + MAX_BATCH);
      Feeds feeds =
          Feeds.of(inputs, rows.rows(from, to))
              .with(attributions, perUnit.rows(from, to))
              .withInts(
                  labels, needsLabels ? Arrays.copyOfRange(labelOfRow, from, to) : new int[0]);
      for (int sample = 0; sample < samples; sample++) {
        if (Thread.interrupted()) {
          throw new CancellationException(
              "infidelity was interrupted after %s of %s rows".formatted(from, rows.rows()));
        }
        long drawn = Seeds.derive(rootSeed, "infidelity", from, sample);
        float[] errors =
            session
                .run(feeds.withSeed(seed, drawn), List.of(squaredError), List.of())
                .get(0)
                .values();
        for (int i = 0; i < errors.length; i++) {
          means[from + i] += errors[i] / (double) samples;
        }
      }
    }
    return means;
  }

  private void check(FloatArray rows, int[] labelOfRow, FloatArray perUnit, int samples) {
    checkArgument(samples >= 1, "there must be at least 1 sample, found %s", samples);
    checkArgument(
        rows.shape().length() > 0 && rows.rowShape().equals(model.inputShape()),
        "inputs must be of shape [rows, %s], found %s",
        model.inputShape(),
        rows.shape());
    AttributionChecks.requireSameShape("the inputs", rows, "the attributions", perUnit);
    AttributionChecks.requireFinite("the inputs", rows);
    AttributionChecks.requireFinite("the attributions", perUnit);
    if (needsLabels) {
      AttributionChecks.requireLabels(labelOfRow, rows.rows(), model.outputs());
    }
  }

  /**
   * Attributions per unit of the input, of contributions: {@code A_i / (x_i - x'_i)}, and 0 where
   * the input is at the baseline.
   *
   * @param contributions the attributions {@code A}, of shape {@code [rows, ...]}
   * @param inputs the inputs {@code x}, of the same shape
   * @param baselines the baselines {@code x'}, of the same shape
   * @return the attributions per unit, of the same shape
   * @throws IllegalArgumentException if the shapes differ
   */
  public static FloatArray perUnit(
      FloatArray contributions, FloatArray inputs, FloatArray baselines) {
    AttributionChecks.requireSameShape("the contributions", contributions, "the inputs", inputs);
    AttributionChecks.requireSameShape("the inputs", inputs, "the baselines", baselines);
    float[] values = new float[contributions.size()];
    for (int i = 0; i < values.length; i++) {
      float distance = inputs.values()[i] - baselines.values()[i];
      values[i] = distance == 0 ? 0 : contributions.values()[i] / distance;
    }
    return FloatArray.of(values, contributions.shape().toArray());
  }
}
