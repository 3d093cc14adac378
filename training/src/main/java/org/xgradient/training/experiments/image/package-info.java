/**
 * The experiments on images: priors that repair networks ({@link
 * org.xgradient.training.experiments.image.DecoyStudy}), and those of the paper on trained
 * networks.
 */
@NullMarked
package org.xgradient.training.experiments.image;

import org.jspecify.annotations.NullMarked;
