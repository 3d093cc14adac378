package org.xgradient.cli.demo;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.xgradient.attribution.Attributions;
import org.xgradient.attribution.AttributorOptions;
import org.xgradient.attribution.IntegratedGradients;
import org.xgradient.attribution.RandomAttribution;
import org.xgradient.attribution.XGradient;
import org.xgradient.data.FloatArray;
import org.xgradient.metrics.MethodAttributors;
import org.xgradient.metrics.masking.Fill;
import org.xgradient.metrics.masking.MaskingEvaluation;
import org.xgradient.metrics.masking.MaskingMetric;
import org.xgradient.metrics.masking.MaskingOptions;
import org.xgradient.metrics.masking.MaskingResults;
import org.xgradient.training.table.TableModel;

/** The masking metric KPM of X-Gradient, Integrated Gradients and chance on the same rows. */
final class MethodComparison {

  static final String X_GRADIENT = "X-Gradient";
  static final String INTEGRATED = "IG(128)";
  static final String RANDOM = "Random";

  private MethodComparison() {}

  /** Masked features become 0, the mean of the training rows. */
  static MaskingResults of(TableModel model, FloatArray rows, long seed) {
    int[] notLookedAt = new int[rows.rows()];
    var attributions =
        MethodAttributors.of(
                model,
                ImmutableMap.of(
                    X_GRADIENT, new XGradient(),
                    INTEGRATED, IntegratedGradients.withDefaults(),
                    RANDOM, new RandomAttribution()),
                AttributorOptions.withDefaults().withSeed(seed))
            .attribute(rows, notLookedAt);
    return MaskingEvaluation.of(
            model,
            MaskingOptions.withDefaults().withMetrics(MaskingMetric.KPM).withFill(Fill.constant(0)))
        .evaluate(rows, notLookedAt, Maps.transformValues(attributions, Attributions::values));
  }
}
