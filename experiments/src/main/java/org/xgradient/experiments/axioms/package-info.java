/**
 * Table 1 of the paper: which method satisfies which axiom, on random networks and on the functions
 * of the textbook counter-examples. The checks themselves are those that users call, in {@code
 * attribution.axioms}.
 */
@NullMarked
package org.xgradient.experiments.axioms;

import org.jspecify.annotations.NullMarked;
