/**
 * Whether a model scales with its input, as a proof on its operations ({@link
 * org.xgradient.graph.homogeneity.Homogeneity}), as an attempt to refute it by numbers ({@link
 * org.xgradient.graph.homogeneity.Falsifier}), and what to do where it does not ({@link
 * org.xgradient.graph.homogeneity.BiasRemoval}).
 */
@NullMarked
package org.xgradient.graph.homogeneity;

import org.jspecify.annotations.NullMarked;
