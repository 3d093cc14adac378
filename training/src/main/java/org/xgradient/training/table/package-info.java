/**
 * Trained models of tables: a directory that takes raw rows, predicts them and explains the
 * predictions.
 *
 * <p>{@link org.xgradient.training.table.TableModel} writes and loads such directories, and keeps
 * the preprocessing beside the network, so that a row is given as it stands in the file. {@link
 * org.xgradient.training.table.TablePredictions} are in the words of the label column. Inside is a
 * SavedModel that plain TensorFlow loads too.
 */
@NullMarked
package org.xgradient.training.table;

import org.jspecify.annotations.NullMarked;
