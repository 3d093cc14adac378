/**
 * Walks over the operations of a live graph: what something is computed from, what lies between two
 * operands, where a value comes from. Not exported.
 */
@NullMarked
package org.xgradient.graph.walk;

import org.jspecify.annotations.NullMarked;
