/**
 * Attribution methods, and the runner that executes them.
 *
 * <p>An {@link org.xgradient.attribution.AttributionMethod} adds to a graph the operations that
 * attribute a model's output to its inputs, and runs none. {@link
 * org.xgradient.attribution.XGradient} needs one gradient and a homogeneous model; {@link
 * org.xgradient.attribution.IntegratedGradients} (a {@link org.xgradient.attribution.Baseline} and
 * a {@link org.xgradient.attribution.Quadrature}) and {@link
 * org.xgradient.attribution.ExpectedGradients} (a {@link
 * org.xgradient.attribution.ReferenceDistribution}) need many and no such model. Only {@link
 * org.xgradient.attribution.Attributor} runs one over data.
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.attribution;

import org.jspecify.annotations.NullMarked;
