/**
 * Whether the rows of a batch know each other ({@link org.xgradient.graph.rows.RowIndependence}).
 *
 * <p>The contract of a model: the output of each row depends on that row only, and not on how many
 * others there are, what is in them, or in which place of the batch it stands. Batches of any size,
 * paths whose points are stacked into batches, and sums over the outputs of a batch, of which
 * gradients are taken, rest on it. It is proven on the operations, and at import tried by numbers.
 * Dropout in training mode is exempt: which values it drops depends on the place in the batch, but
 * on no other row's values, and the points of a path meet the mask of their example.
 */
@NullMarked
package org.xgradient.graph.rows;

import org.jspecify.annotations.NullMarked;
