/** What is told of a training on a table: printed tables, and the page beside the model. */
@NullMarked
package org.xgradient.cli.train.report;

import org.jspecify.annotations.NullMarked;
