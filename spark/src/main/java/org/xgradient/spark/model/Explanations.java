package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;

/**
 * What was computed for the rows of a batch.
 *
 * @param attributions of each explained output
 * @param parts the attributions of each, summed over the features of a column, the numbers of a
 *     word or the channels of a pixel where there are such; of shape {@code [rows, parts]}
 */
public record Explanations(
    ImmutableList<Attributions> attributions, ImmutableList<FloatArray> parts) {}
