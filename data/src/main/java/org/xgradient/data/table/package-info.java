/**
 * Tables: from a CSV file to what a network reads, and back from features to columns.
 *
 * <p>A {@link org.xgradient.data.table.reading.TableReader} reads a CSV file into a {@link
 * org.xgradient.data.table.Table} of typed columns, whole or in chunks. {@link
 * org.xgradient.data.table.TablePreparation} makes it a data set to train on: it encodes the
 * labels, splits the rows, and fits the {@link org.xgradient.data.table.TablePreprocessing}
 * (imputation, standardisation, one-hot) on the training rows alone. The preprocessing and the
 * {@link org.xgradient.data.table.LabelEncoding} are kept as JSON beside a trained model, so that
 * raw rows can be given to it later.
 */
@NullMarked
package org.xgradient.data.table;

import org.jspecify.annotations.NullMarked;
