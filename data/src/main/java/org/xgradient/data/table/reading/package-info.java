/**
 * From a CSV file to a table: {@link org.xgradient.data.table.reading.TableReader} finds out what
 * stands between cells, how numbers are written, what is missing and what each column is, and reads
 * the rows whole or in chunks; {@link org.xgradient.data.table.reading.RowReview} says what a model
 * was not trained for.
 */
@NullMarked
package org.xgradient.data.table.reading;

import org.jspecify.annotations.NullMarked;
