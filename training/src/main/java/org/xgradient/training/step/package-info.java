/**
 * One step of training as operations: in one run, or in several that keep within a memory budget
 * and give the same result. Not exported; {@link org.xgradient.training.Trainer} is the door.
 */
@NullMarked
package org.xgradient.training.step;

import org.jspecify.annotations.NullMarked;
