package org.xgradient.training;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.OptionalDouble;
import org.xgradient.data.FloatArray;

/**
 * What a training gave.
 *
 * @param weights the parameters of the best epoch by name, or those at the end without validation
 *     data; the model has them too
 * @param bestEpoch the number of that epoch, from 0
 * @param bestMetric what judged that epoch, the objective on the validation data or a metric of
 *     them; empty without validation data
 * @param history the epochs, in order
 */
public record TrainingResult(
    ImmutableMap<String, FloatArray> weights,
    int bestEpoch,
    OptionalDouble bestMetric,
    ImmutableList<EpochRecord> history) {}
