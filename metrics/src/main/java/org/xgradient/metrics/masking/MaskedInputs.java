package org.xgradient.metrics.masking;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;

/**
 * The inputs that a {@linkplain MaskingMetric masking metric} shows to a model, for people to look
 * at. {@link MaskingEvaluation} masks in the graph instead.
 */
public final class MaskedInputs {

  private final GraphSession session;
  private final Placeholder<TFloat32> inputs;
  private final Operand<TFloat32> fill;

  /**
   * Adds the fill to the graph.
   *
   * @param bound the model
   * @param fill what masked pixels become
   * @throws IllegalArgumentException if the fill does not apply to the model's inputs
   */
  public MaskedInputs(BoundModel bound, Fill fill) {
    this.session = bound.session();
    Model model = bound.model();
    var tf = model.ops().withSubScope("masked_inputs");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    this.fill = fill.of(tf, inputs);
  }

  /**
   * Masks.
   *
   * @param originals the inputs, of shape {@code [rows, ...]}
   * @param attributions their attributions, of the same shape
   * @param metric what stays
   * @param fraction how much of it stays, in {@code [0, 1]}
   * @return the masked inputs, of the shape of the inputs
   * @throws IllegalArgumentException if the shapes differ or the fraction is out of range
   */
  public FloatArray of(
      FloatArray originals, FloatArray attributions, MaskingMetric metric, double fraction) {
    checkArgument(
        attributions.shape().equals(originals.shape()),
        "the attributions must be of the shape of the inputs %s, found %s",
        originals.shape(),
        attributions.shape());
    checkArgument(
        fraction >= 0 && fraction <= 1, "the fraction must be in [0, 1], found %s", fraction);
    float[] masked = session.run(Feeds.of(inputs, originals), fill).values().clone();
    for (int row = 0; row < originals.rows(); row++) {
      boolean[] stays = stays(attributions, row, metric, fraction);
      for (int i = 0; i < stays.length; i++) {
        int element = row * stays.length + i;
        masked[element] = stays[i] ? originals.values()[element] : masked[element];
      }
    }
    return FloatArray.of(masked, originals.shape().toArray());
  }

  /**
   * Which values of an input stay.
   *
   * @param attributions the attributions, of shape {@code [rows, ...]}
   * @param row the input, in {@code [0, rows)}
   * @param metric what stays
   * @param fraction how much of it stays, in {@code [0, 1]}
   * @return whether each value of the row stays
   */
  public static boolean[] stays(
      FloatArray attributions, int row, MaskingMetric metric, double fraction) {
    PixelLayout layout = PixelLayout.of(attributions.rowShape());
    PixelRanks pixels = PixelRanks.of(attributions, row, layout);
    int[] ranks = pixels.ranks(metric.order(), metric.masking());
    int kept = MaskPlan.kept(fraction, layout, pixels.count(metric.order()));
    boolean[] stays = new boolean[ranks.length];
    for (int i = 0; i < stays.length; i++) {
      stays[i] = kept == layout.pixels() || ranks[i] < kept;
    }
    return stays;
  }
}
