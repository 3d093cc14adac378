/**
 * Models in TensorFlow's exchange format, in and out. Begin with {@link
 * org.xgradient.graph.savedmodel.SavedModels}.
 *
 * <p>Loading checks the files before TensorFlow sees them, plans what of the graph is needed, and
 * wraps it as a model whose variables are parameters.
 */
@NullMarked
package org.xgradient.graph.savedmodel;

import org.jspecify.annotations.NullMarked;
