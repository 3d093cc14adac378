/** How the cost of attributions grows with rows, columns, steps, pixels and batches. */
@NullMarked
package org.xgradient.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
