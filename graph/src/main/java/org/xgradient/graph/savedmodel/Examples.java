package org.xgradient.graph.savedmodel;

import org.xgradient.data.FloatArray;
import org.xgradient.graph.FixedInputs;

/**
 * Some examples as a loaded model takes them.
 *
 * @param explained the values that attributions are made of, of shape {@code [rows, ...]} with rows
 *     of the model's shape
 * @param fixed what is given beside them
 */
public record Examples(FloatArray explained, FixedInputs fixed) {}
