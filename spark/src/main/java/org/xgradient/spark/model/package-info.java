/**
 * What happens in the process of an executor: the bytes of a model become a session that all tasks
 * share, the rows of a partition become features, and these attributions.
 */
@NullMarked
package org.xgradient.spark.model;

import org.jspecify.annotations.NullMarked;
