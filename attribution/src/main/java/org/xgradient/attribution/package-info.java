/** Attribution methods that build graph operations, and the runner that executes them. */
@NullMarked
package org.xgradient.attribution;

import org.jspecify.annotations.NullMarked;
