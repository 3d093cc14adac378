/** What a graph takes out of inputs of serialized {@code tf.Example}s. Not exported. */
@NullMarked
package org.xgradient.graph.savedmodel.parsing;

import org.jspecify.annotations.NullMarked;
