/**
 * Random expressions, computed by the library and by plain loops in double precision, and what the
 * proof of homogeneity says of them.
 */
@NullMarked
package org.xgradient.benchmarks.campaign.prove;

import org.jspecify.annotations.NullMarked;
