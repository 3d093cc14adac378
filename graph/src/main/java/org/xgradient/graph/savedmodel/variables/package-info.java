/**
 * What a SavedModel keeps beside its graph, put into a live one: variables and lookup tables. Not
 * exported.
 */
@NullMarked
package org.xgradient.graph.savedmodel.variables;

import org.jspecify.annotations.NullMarked;
