/**
 * What becomes of the rows of a batch on the way from the inputs to the logits, as rules by the
 * type of operation. Not exported.
 */
@NullMarked
package org.xgradient.graph.rows.rules;

import org.jspecify.annotations.NullMarked;
