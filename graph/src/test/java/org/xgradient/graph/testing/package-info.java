/**
 * Checks of gradients against central differences in float64; other modules' tests use them too.
 */
@NullMarked
package org.xgradient.graph.testing;

import org.jspecify.annotations.NullMarked;
