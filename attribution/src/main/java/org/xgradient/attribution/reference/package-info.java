/** Expected Gradients in which examples share references, as the paper's comparison had it. */
@NullMarked
package org.xgradient.attribution.reference;

import org.jspecify.annotations.NullMarked;
