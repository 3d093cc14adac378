/**
 * What training makes small: the loss of the task and priors on attributions.
 *
 * <p>An {@link org.xgradient.training.objective.Objective} has a {@link
 * org.xgradient.training.objective.Loss} and {@link
 * org.xgradient.training.objective.AttributionPrior}s. A new prior is a class with a factory in
 * {@link org.xgradient.training.objective.Priors}, which the test of all priors then covers.
 */
@NullMarked
package org.xgradient.training.objective;

import org.jspecify.annotations.NullMarked;
