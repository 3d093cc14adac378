package org.xgradient.training;

import com.google.common.collect.ImmutableMap;
import org.xgradient.data.FloatArray;

/**
 * The best epoch of a training so far.
 *
 * @param epoch the number of the epoch, from 0
 * @param metric its validation metric
 * @param weights the parameters that have that metric, by name
 */
public record Best(int epoch, double metric, ImmutableMap<String, FloatArray> weights) {}
