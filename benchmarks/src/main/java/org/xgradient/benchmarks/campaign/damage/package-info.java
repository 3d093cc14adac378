/** Damaged files of every kind that is read: each must be refused with its reason, or be valid. */
@NullMarked
package org.xgradient.benchmarks.campaign.damage;

import org.jspecify.annotations.NullMarked;
