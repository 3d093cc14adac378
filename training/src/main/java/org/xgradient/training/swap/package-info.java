/**
 * How much a model depends on features: they are swapped for those of other rows, and the
 * predictions looked at. {@link org.xgradient.training.swap.SwapEffect} is the door.
 */
@NullMarked
package org.xgradient.training.swap;

import org.jspecify.annotations.NullMarked;
