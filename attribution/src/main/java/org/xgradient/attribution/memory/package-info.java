/** How much memory runs may take, and how much a row takes. */
@NullMarked
package org.xgradient.attribution.memory;

import org.jspecify.annotations.NullMarked;
