/**
 * How much a model depends on features or words: they are swapped for those of other rows, or for
 * other words, and the predictions looked at. {@link org.xgradient.training.swap.SwapEffect} is the
 * door.
 */
@NullMarked
package org.xgradient.training.swap;

import org.jspecify.annotations.NullMarked;
