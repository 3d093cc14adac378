/**
 * What becomes of a model's outputs when inputs are masked in the order of their attributions: KPM,
 * KNM, KAM, RAM, insertion and deletion.
 *
 * <p>{@link org.xgradient.metrics.masking.MaskingEvaluation} gives a {@link
 * org.xgradient.metrics.masking.MaskingCurve} for each {@link
 * org.xgradient.metrics.masking.MaskingMetric}; a {@link org.xgradient.metrics.masking.QualityGate}
 * holds a curve to a stored one in a test suite.
 */
@NullMarked
package org.xgradient.metrics.masking;

import org.jspecify.annotations.NullMarked;
