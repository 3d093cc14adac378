/**
 * What a step of training costs by each prior, in time and memory, each measured in a process of
 * its own (FAA, App. B.3).
 */
@NullMarked
package org.xgradient.experiments.efficiency;

import org.jspecify.annotations.NullMarked;
