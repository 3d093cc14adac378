/**
 * Whether priors keep what they promise on tables that nobody tuned them to, with the usual options
 * and on repeated splits: {@link org.xgradient.experiments.promises.PromisesExperiment}.
 */
@NullMarked
package org.xgradient.experiments.promises;

import org.jspecify.annotations.NullMarked;
