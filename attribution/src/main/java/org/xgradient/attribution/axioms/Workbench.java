package org.xgradient.attribution.axioms;

import com.google.common.primitives.Floats;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Attributor;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.data.FloatArray;
import org.xgradient.data.Seeds;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.GraphSession;
import org.xgradient.graph.Model;
import org.xgradient.graph.NotFiniteException;
import org.xgradient.graph.Shapes;
import org.xgradient.graph.Target;

/**
 * A model, a method, and the variants of the model prepared for attribution, each when it is first
 * needed. What is prepared serves again for other rows, and after the parameters have changed.
 */
final class Workbench {

  private final GraphSession session;
  private final Model model;
  private final AttributionMethod method;
  private final AttributorOptions options;
  private final Placeholder<TFloat32> inputs;
  private final Operand<TFloat32> logits;
  private final Map<Variant, Attributor> attributors = new EnumMap<>(Variant.class);

  Workbench(BoundModel bound, AttributionMethod method, AttributorOptions options) {
    this.session = bound.session();
    this.model = bound.model();
    this.method = method;
    this.options = options;
    var tf = model.ops().withSubScope("axioms");
    inputs = tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    logits = model.forward(inputs).logits();
  }

  Model model() {
    return model;
  }

  AttributionMethod method() {
    return method;
  }

  /**
   * The attributions of a variant, flattened, for the logits of labels; NaN if one of them is not
   * finite, so that they break every axiom.
   */
  float[] attributions(Variant variant, FloatArray rows, int[] labels) {
    Attributor attributor = attributors.computeIfAbsent(variant, this::prepare);
    try {
      return attributor.attribute(rows, labels).values().values();
    } catch (NotFiniteException e) {
      float[] undefined = new float[rows.size()];
      Arrays.fill(undefined, Float.NaN);
      return undefined;
    }
  }

  private Attributor prepare(Variant variant) {
    // A method that draws at random gives two networks two draws.
    long seed = Seeds.derive(options.seed(), "axioms " + variant.name());
    return Attributor.of(
        BoundModel.of(session, new VariantModel(model, variant)),
        method,
        options.withTarget(Target.label()).withSeed(seed));
  }

  /** {@return the logits of rows, of shape {@code [rows, outputs]}} */
  FloatArray logits(FloatArray rows) {
    float[][] parts = new float[(rows.rows() - 1) / options.maxBatch() + 1][];
    for (int part = 0; part < parts.length; part++) {
      int from = part * options.maxBatch();
      int to = Math.min(rows.rows(), from + options.maxBatch());
      parts[part] = session.run(Feeds.of(inputs, rows.rows(from, to)), logits).values();
    }
    return FloatArray.of(Floats.concat(parts), rows.rows(), model.outputs());
  }

  /** {@return the logit of each row's label} */
  double[] explained(FloatArray rows, int[] labels) {
    float[] all = logits(rows).values();
    double[] explained = new double[labels.length];
    Arrays.setAll(explained, row -> all[row * model.outputs() + labels[row]]);
    return explained;
  }

  /** {@return the largest logit of each row, the first of several} */
  int[] predicted(FloatArray rows) {
    float[] all = logits(rows).values();
    int[] predicted = new int[rows.rows()];
    for (int i = 0; i < all.length; i++) {
      int row = i / model.outputs();
      if (all[i] > all[row * model.outputs() + predicted[row]]) {
        predicted[row] = i % model.outputs();
      }
    }
    return predicted;
  }
}
