/** Processes killed at any moment: what they leave is whole, and the same command goes on. */
@NullMarked
package org.xgradient.benchmarks.campaign.kill;

import org.jspecify.annotations.NullMarked;
