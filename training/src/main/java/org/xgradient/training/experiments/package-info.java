/**
 * The paper's experiments as library calls.
 *
 * <p>A {@link org.xgradient.training.experiments.SparsityStudy} trains several {@link
 * org.xgradient.training.experiments.Arm}s on the same repeated splits of a table, so that their
 * differences can be tested in pairs (FAA, Sec. 4.3 and Fig. 1).
 */
@NullMarked
package org.xgradient.training.experiments;

import org.jspecify.annotations.NullMarked;
