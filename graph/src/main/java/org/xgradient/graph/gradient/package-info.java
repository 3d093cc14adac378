/**
 * Gradients of operations that TensorFlow does not differentiate, and a guard before those that it
 * gets wrong. Not exported: {@link org.xgradient.graph.Gradients} is the one door.
 *
 * <p>A new gradient goes into the class of its kind, {@code ActivationGradients}, {@code
 * PoolingGradients} or {@code StructuralGradients}, and is tested against finite differences. In an
 * input in which its operation has steps alone it is {@code NoGradient}.
 */
@NullMarked
package org.xgradient.graph.gradient;

import org.jspecify.annotations.NullMarked;
