/**
 * How parameters follow their gradients: SGD, Adam, and learning rates over time. {@link
 * org.xgradient.training.optimizer.Optimizer} is sealed; a new one goes beside the others.
 */
@NullMarked
package org.xgradient.training.optimizer;

import org.jspecify.annotations.NullMarked;
