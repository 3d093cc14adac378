/**
 * Judges of models and of explanations.
 *
 * <p>A {@link org.xgradient.metrics.ModelMetric} compares a model's outputs with labels: {@link
 * org.xgradient.metrics.Accuracy}, {@link org.xgradient.metrics.RocAuc} and others. The rest judges
 * attributions. {@link org.xgradient.metrics.masking.MaskingEvaluation} masks inputs in the order
 * that attributions give them, asks the model again, and gives a {@link
 * org.xgradient.metrics.masking.MaskingCurve} for each {@link
 * org.xgradient.metrics.masking.MaskingMetric}; {@link
 * org.xgradient.attribution.completeness.Completeness} says how far attributions are from adding
 * up, {@link org.xgradient.metrics.Infidelity} how badly they foretell what a perturbation does,
 * {@link org.xgradient.metrics.MaxSensitivity} how much they change when the input hardly does,
 * {@link org.xgradient.metrics.RelativeDifference} how far two methods are apart, {@link
 * org.xgradient.metrics.Gini} how sparse they are.
 *
 * <p>Differences of methods are tested in pairs, example by example ({@link
 * org.xgradient.metrics.PairedDifference}). A {@link org.xgradient.metrics.masking.QualityGate}
 * holds a curve to a stored one in a test suite.
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.metrics;

import org.jspecify.annotations.NullMarked;
