package org.xgradient.spark.model;

import com.google.common.collect.ImmutableList;
import org.xgradient.attribution.Attributions;
import org.xgradient.data.FloatArray;

/**
 * What was computed for the rows of a batch.
 *
 * @param attributions of each explained output
 * @param byColumn the attributions of each, summed over the features of a column where there are
 *     columns; of shape {@code [rows, columns]}
 */
public record Explanations(
    ImmutableList<Attributions> attributions, ImmutableList<FloatArray> byColumn) {}
