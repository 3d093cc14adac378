package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * One update of the parameters.
 *
 * @param epoch the number of the epoch, from 0
 * @param step the number of the step in the whole training, from 0
 * @param examples the number of examples in the batch
 * @param loss the mean task loss of the batch before the update
 * @param penalties the penalty of each prior before the update, without its weight
 * @param rate the learning rate
 */
public record StepRecord(
    int epoch, long step, int examples, double loss, ImmutableDoubleArray penalties, double rate) {}
