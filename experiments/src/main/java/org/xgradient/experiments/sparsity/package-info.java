/**
 * Sparsity priors on a table of mortality, on repeated splits (FAA, Sec. 4.3 and Fig. 1): {@link
 * org.xgradient.experiments.sparsity.SparsityStudy} trains several arms on the same splits, so that
 * their differences are tested in pairs.
 */
@NullMarked
package org.xgradient.experiments.sparsity;

import org.jspecify.annotations.NullMarked;
