/** Judges attribution methods on the rows of a table: scores, curves, and a report of them. */
@NullMarked
package org.xgradient.cli.evaluate;

import org.jspecify.annotations.NullMarked;
