/**
 * The networks of the paper, ready to build, and weights that others trained for them.
 *
 * <p>Begin with {@link org.xgradient.graph.architectures.Networks}, where each network has a
 * factory that the others are made like; {@link org.xgradient.graph.architectures.Weights} turns
 * PyTorch's names and axes into those of this library.
 */
@NullMarked
package org.xgradient.graph.architectures;

import org.jspecify.annotations.NullMarked;
