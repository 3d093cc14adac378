/**
 * Trainings as tasks of Spark: {@link org.xgradient.spark.grid.PriorGrid} trains methods, weights
 * of priors, seeds and splits; {@code xgradient experiment NAME --workers spark:MASTER} does the
 * pieces of any experiment. The numbers are those of one machine.
 */
@NullMarked
package org.xgradient.spark.grid;

import org.jspecify.annotations.NullMarked;
