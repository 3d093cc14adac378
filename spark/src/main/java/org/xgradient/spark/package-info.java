/**
 * Attribution on Apache Spark: {@link org.xgradient.spark.AttributionTransformer} is a stage of
 * Spark ML that adds to each row of a DataFrame what its columns contribute to the prediction of a
 * model; {@link org.xgradient.spark.GlobalViews} sums that up over all rows.
 *
 * <p>An executor loads a model once, whatever the number of its tasks; {@code spark.model} has what
 * it does there. Grids of trainings are in {@code spark.grid}, programs to start in {@code
 * spark.job}.
 */
@NullMarked
package org.xgradient.spark;

import org.jspecify.annotations.NullMarked;
