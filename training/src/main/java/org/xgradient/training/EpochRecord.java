package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.OptionalDouble;

/**
 * One epoch: one pass over the training data.
 *
 * @param epoch the number of the epoch, from 0
 * @param steps the number of steps up to its end, since the start of the training
 * @param loss the mean task loss of the examples, each before the update it led to
 * @param penalties the mean penalty of each prior over the examples, without its weight
 * @param metric what judges the epoch, the objective on the validation data or a metric of them;
 *     empty without validation data
 * @param rate the learning rate of the last step
 * @param seconds the time that the steps took, without validation
 */
public record EpochRecord(
    int epoch,
    long steps,
    double loss,
    ImmutableDoubleArray penalties,
    OptionalDouble metric,
    double rate,
    double seconds) {}
