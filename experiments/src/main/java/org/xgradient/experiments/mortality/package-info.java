/**
 * People and what became of them: the tables of the sparsity experiment.
 *
 * <p>{@link org.xgradient.experiments.mortality.SyntheticMortality} generates a cohort, {@link
 * org.xgradient.experiments.mortality.Nhanes} reads that of the first National Health and Nutrition
 * Examination Survey. A {@link org.xgradient.experiments.mortality.Cohort} becomes a table with a
 * label once a horizon is chosen: who is alive so many years later.
 */
@NullMarked
package org.xgradient.experiments.mortality;

import org.jspecify.annotations.NullMarked;
