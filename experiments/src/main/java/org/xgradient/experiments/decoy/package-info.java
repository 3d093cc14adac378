/**
 * Images with a cue in the corner that gives the class away in training: a network that learned
 * from it is corrected by a prior on the attributions of the cue.
 */
@NullMarked
package org.xgradient.experiments.decoy;

import org.jspecify.annotations.NullMarked;
