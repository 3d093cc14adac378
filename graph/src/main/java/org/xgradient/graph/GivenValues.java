package org.xgradient.graph;

import com.google.common.collect.ImmutableMap;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How the explained values of a model are computed from what a caller gives.
 *
 * @param placeholders what is fed, by the names of the inputs
 * @param explained the explained values, of shape {@code [batch, ...]}
 */
public record GivenValues(
    ImmutableMap<String, Operand<?>> placeholders, Operand<TFloat32> explained) {}
