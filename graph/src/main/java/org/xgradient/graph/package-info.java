/** Networks, models, gradients, homogeneity and SavedModels as TensorFlow graphs. */
@NullMarked
package org.xgradient.graph;

import org.jspecify.annotations.NullMarked;
