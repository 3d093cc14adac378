/**
 * What a model does to its inputs before the first operation that is not affine in them. Along a
 * straight path that is affine too, and need not be computed for each point.
 */
@NullMarked
package org.xgradient.graph.affine;

import org.jspecify.annotations.NullMarked;
