package org.xgradient.attribution.axioms;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.xgradient.attribution.AttributionMethod;
import org.xgradient.attribution.Baseline;
import org.xgradient.attribution.ConvergedExpectedGradients;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.Feeds;
import org.xgradient.graph.Model;
import org.xgradient.graph.Shapes;

/** What attributions count from: a baseline, or several references on average. */
@FunctionalInterface
interface Starts {

  /**
   * The starts of rows.
   *
   * @param rows the rows, of shape {@code [rows, ...]}
   * @return the baseline of each row, of the shape of {@code rows}; or as many of them as there are
   *     references
   */
  ImmutableList<FloatArray> of(FloatArray rows);

  /** What a method says that it counts from; the zero baseline if it does not say. */
  static Starts of(BoundModel model, AttributionMethod method) {
    return method instanceof ConvergedExpectedGradients converged
        ? references(model.model(), converged.references())
        : baseline(model, method.completeFrom().orElse(Baseline.zero()));
  }

  /** One baseline for each row. */
  static Starts baseline(BoundModel bound, Baseline baseline) {
    Model model = bound.model();
    var tf = model.ops().withSubScope("axioms_baseline");
    var inputs =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shapes.batchOf(model.inputShape())));
    var baselines = baseline.of(tf, inputs);
    return rows -> ImmutableList.of(bound.session().run(Feeds.of(inputs, rows), baselines));
  }

  /** The same references for all rows. */
  static Starts references(Model model, FloatArray references) {
    checkArgument(references.rows() > 0, "there must be at least one reference, found none");
    checkArgument(
        references.rowShape().equals(model.inputShape()),
        "references must be of shape [references, %s] like the inputs, found %s",
        model.inputShape(),
        references.shape());
    return rows -> {
      ImmutableList.Builder<FloatArray> starts = ImmutableList.builder();
      for (int reference = 0; reference < references.rows(); reference++) {
        int[] ofEachRow = new int[rows.rows()];
        Arrays.fill(ofEachRow, reference);
        starts.add(references.gather(ofEachRow));
      }
      return starts.build();
    };
  }
}
