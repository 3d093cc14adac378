/**
 * The paper's experiments on trained networks for images.
 *
 * <p>{@link org.xgradient.experiments.image.BiasRemovalExperiment} is FAA's Table 2, {@link
 * org.xgradient.experiments.image.MaskingExperiment} Table 3, {@link
 * org.xgradient.experiments.image.ContrastExperiment} Fig. 2 left, {@link
 * org.xgradient.experiments.image.AttributionsExperiment} Fig. 2 right and Fig. 4, {@link
 * org.xgradient.experiments.image.ConvergenceExperiment} Fig. 3. Their {@link
 * org.xgradient.experiments.image.ImageSubjects} are model directories and a folder of photos that
 * the user brings, or small networks that are trained on generated images.
 *
 * <p>FAA is <a href="https://arxiv.org/abs/2111.07668">Hesse, Schaub-Meyer and Roth (2021), Fast
 * axiomatic attribution for neural networks</a>.
 */
@NullMarked
package org.xgradient.experiments.image;

import org.jspecify.annotations.NullMarked;
