package org.xgradient.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.data.FloatArray;
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
  private final PixelLayout layout;

  /**
   * Adds the fill to the graph.
   *
   * @param session the session of the model, borrowed
   * @param model the model
   * @param fill what masked pixels become
   * @throws IllegalArgumentException if the fill does not apply to the model's inputs
   */
  public MaskedInputs(GraphSession session, Model model, Fill fill) {
    this.session = session;
    var tf = model.ops().withSubScope("masked_inputs");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    this.fill = fill.of(tf, inputs);
    layout = PixelLayout.of(model.inputShape());
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
      PixelRanks pixels = PixelRanks.of(attributions, row, layout);
      int kept = kept(pixels, metric, fraction);
      int[] ranks = pixels.ranks(metric.order(), metric.masking());
      for (int i = 0; i < ranks.length; i++) {
        int element = row * ranks.length + i;
        masked[element] = ranks[i] < kept ? originals.values()[element] : masked[element];
      }
    }
    return FloatArray.of(masked, originals.shape().toArray());
  }

  private int kept(PixelRanks pixels, MaskingMetric metric, double fraction) {
    int kept = MaskPlan.kept(fraction, layout, pixels.count(metric.order()));
    return kept == layout.pixels() ? PixelRanks.EVERY : kept;
  }
}
