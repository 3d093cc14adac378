/** Objectives with attribution priors, optimizers, the trainer and the experiments. */
@NullMarked
package org.xgradient.training;

import org.jspecify.annotations.NullMarked;
