/**
 * Programs for Spark: an example from generated rows to a page, the attribution of a Parquet table,
 * and how fast all that is. Started by {@code ./xgradient spark} or {@code spark-submit}.
 */
@NullMarked
package org.xgradient.spark.job;

import org.jspecify.annotations.NullMarked;
