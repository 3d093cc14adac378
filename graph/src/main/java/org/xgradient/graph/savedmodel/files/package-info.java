/**
 * Checks of the files of a SavedModel, from bytes alone: structure, checksums, sizes, and
 * operations that would reach outside of the process. Not exported; nothing here runs a graph.
 */
@NullMarked
package org.xgradient.graph.savedmodel.files;

import org.jspecify.annotations.NullMarked;
