/**
 * Data as plain arrays: what enters and leaves a network, before any TensorFlow is involved.
 *
 * <p>A {@link org.xgradient.data.FloatArray} is a flat array with a shape, and the only form in
 * which numbers cross the border to TensorFlow. A {@link org.xgradient.data.Dataset} hands out
 * labelled examples as {@link org.xgradient.data.Batch}es, all of them or a {@link
 * org.xgradient.data.Subset}; a {@link org.xgradient.data.Split} says which examples train a model,
 * choose among models, and judge the chosen one, drawn by {@link org.xgradient.data.RandomSplit}
 * or, for the paper's splits, {@link org.xgradient.data.ScikitLearnSplit}. Whatever is drawn comes
 * from a seed ({@link org.xgradient.data.DataRandom}), whatever is written appears whole or not at
 * all ({@link org.xgradient.data.AtomicFiles}), and results keep where they came from ({@link
 * org.xgradient.data.Provenance}).
 *
 * <p>Tables are in {@link org.xgradient.data.table}, images in {@link org.xgradient.data.image},
 * the formats of array files in {@link org.xgradient.data.format}.
 */
@NullMarked
package org.xgradient.data;

import org.jspecify.annotations.NullMarked;
