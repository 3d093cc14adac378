package org.xgradient.training;

import com.google.common.primitives.ImmutableDoubleArray;
import org.xgradient.data.Batch;
import org.xgradient.graph.Feeds;

/**
 * What one step works on.
 *
 * @param batch the examples
 * @param seed what is drawn in the step starts from it
 * @param rate the learning rate
 * @param step the number of the step, from 0
 * @param priorWeights the weight of each prior
 * @param feeds values for placeholders of the user's
 */
record StepInput(
    Batch batch,
    long seed,
    double rate,
    long step,
    ImmutableDoubleArray priorWeights,
    Feeds feeds) {}
