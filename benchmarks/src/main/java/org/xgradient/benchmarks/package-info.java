/** Side-by-side benchmarks. */
@NullMarked
package org.xgradient.benchmarks;

import org.jspecify.annotations.NullMarked;
