/**
 * Trained models of tables: a directory that takes raw rows, predicts them and explains the
 * predictions.
 *
 * <p>{@link org.xgradient.training.table.TableModel} writes and loads such directories. Inside is a
 * SavedModel that plain TensorFlow loads too.
 */
@NullMarked
package org.xgradient.training.table;

import org.jspecify.annotations.NullMarked;
