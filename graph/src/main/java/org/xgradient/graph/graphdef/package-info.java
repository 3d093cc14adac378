/**
 * Serialized graphs as functions that can be added to a live graph again and again: pruned,
 * ordered, with the bodies of the functions that they call put in their place. Not exported.
 *
 * <p>{@link org.xgradient.graph.graphdef.GraphDefModel} is the model that comes out.
 */
@NullMarked
package org.xgradient.graph.graphdef;

import org.jspecify.annotations.NullMarked;
