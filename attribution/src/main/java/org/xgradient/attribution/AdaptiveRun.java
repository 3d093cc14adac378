package org.xgradient.attribution;

import com.google.common.primitives.ImmutableIntArray;
import org.xgradient.attribution.PathProbe.Rows;
import org.xgradient.data.FloatArray;
import org.xgradient.graph.BoundModel;
import org.xgradient.graph.FixedInputs;
import org.xgradient.graph.Model;

/**
 * Runs {@link AdaptiveIntegratedGradients}, some rows at a time.
 *
 * @param probe the operations
 * @param method the method
 * @param options how it runs
 */
record AdaptiveRun(PathProbe probe, AdaptiveIntegratedGradients method, AttributorOptions options)
    implements AttributorRun {

  static AdaptiveRun of(
      BoundModel model, AdaptiveIntegratedGradients method, AttributorOptions options) {
    return new AdaptiveRun(
        PathProbe.of(model, method.baseline(), options.target()), method, options);
  }

  @Override
  public Model model() {
    return probe.model();
  }

  @Override
  public boolean needsLabels() {
    return probe.needsLabels();
  }

  @Override
  public Attributions run(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
    return measured(rows, labelOfRow, fixed).attributions();
  }

  AdaptiveIntegration.Found measured(FloatArray rows, int[] labelOfRow, FixedInputs fixed) {
    return AdaptiveIntegration.run(
        probe, method, new Rows(rows, ImmutableIntArray.copyOf(labelOfRow), fixed, options));
  }
}
