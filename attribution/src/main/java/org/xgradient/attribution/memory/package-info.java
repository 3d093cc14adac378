/** How much memory runs may take. */
@NullMarked
package org.xgradient.attribution.memory;

import org.jspecify.annotations.NullMarked;
