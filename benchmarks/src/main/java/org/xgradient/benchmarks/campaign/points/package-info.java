/**
 * What the rules of Integrated Gradients are off by, for as many gradients as each may compute: the
 * adaptive one beside the fixed ones, on random networks of ReLUs or on SavedModels.
 */
@NullMarked
package org.xgradient.benchmarks.campaign.points;

import org.jspecify.annotations.NullMarked;
