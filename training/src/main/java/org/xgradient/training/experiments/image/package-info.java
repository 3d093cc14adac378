/**
 * The experiments on images: priors that repair networks ({@link
 * org.xgradient.training.experiments.image.DecoyStudy}), and those of the paper on trained
 * networks.
 *
 * <p>{@link org.xgradient.training.experiments.image.BiasRemovalExperiment} is FAA's Table 2,
 * {@link org.xgradient.training.experiments.image.MaskingExperiment} Table 3, {@link
 * org.xgradient.training.experiments.image.ContrastExperiment} Fig. 2 left, {@link
 * org.xgradient.training.experiments.image.AttributionsExperiment} Fig. 2 right and Fig. 4, {@link
 * org.xgradient.training.experiments.image.ConvergenceExperiment} Fig. 3. Their {@link
 * org.xgradient.training.experiments.image.ImageSubjects} are model directories and a folder of
 * photos that the user brings, or small networks that are trained on generated images.
 */
@NullMarked
package org.xgradient.training.experiments.image;

import org.jspecify.annotations.NullMarked;
